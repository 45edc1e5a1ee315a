-- Commands that are to be sent when their time (milliseconds since 1970) comes; position and part are of the event that set them.
create table due (
    rule text collate "C" not null,
    key text collate "C" not null,
    at bigint not null,
    stream text not null,
    kind text not null,
    body text not null,
    position bigint not null,
    part bigint not null,
    member text,
    primary key (rule, key)
);
create index due_by_time on due (at);
