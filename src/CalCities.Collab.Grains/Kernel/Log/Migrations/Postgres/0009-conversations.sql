-- Which members of a city's council (or commission) take part in the talk on a subject (a bill's id or a thread's). Times are milliseconds since 1970.
create table conversations_list (
    city text collate "C" not null,
    body text collate "C" not null,
    subject text collate "C" not null,
    member text collate "C" not null,
    since bigint not null,
    primary key (city, body, subject, member)
);
