-- Commands that are to be sent when their time (milliseconds since 1970) comes; position and part are of the event that set them.
create table due (
    rule text not null,
    key text not null,
    at integer not null,
    stream text not null,
    kind text not null,
    body text not null,
    position integer not null,
    part integer not null,
    member text,
    primary key (rule, key)
) strict, without rowid;
create index due_by_time on due (at);
