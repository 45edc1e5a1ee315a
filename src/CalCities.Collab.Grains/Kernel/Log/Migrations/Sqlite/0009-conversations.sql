-- Which members of a city's council (or commission) take part in the talk on a subject (a bill's id or a thread's). Times are milliseconds since 1970.
create table conversations_list (
    city text not null,
    body text not null,
    subject text not null,
    member text not null,
    since bigint not null,
    primary key (city, body, subject, member)
);
