-- A row a thread, with its newest post. Times are milliseconds since 1970; moved is the position of the event that opened it or wrote in it last.
create table threads_list (
    thread text collate "C" primary key,
    group_slug text collate "C" not null,
    group_name text not null,
    bill text collate "C",
    bill_number text,
    title text not null,
    readers integer not null,
    opened_by text not null,
    opened_at bigint not null,
    closed integer not null default 0,
    posts integer not null default 0,
    last_post text,
    last_by text,
    last_excerpt text,
    last_removed integer not null default 0,
    last_version bigint not null default 0,
    moved_at bigint not null,
    moved bigint not null
);
create index threads_by_bill on threads_list (bill, moved);
create index threads_by_group on threads_list (group_slug, moved);
create index threads_by_readers on threads_list (readers, moved);

-- Who takes part: opened, wrote, was mentioned.
create table thread_people (
    thread text collate "C" not null,
    member text collate "C" not null,
    primary key (member, thread)
);
create unique index thread_people_by_thread on thread_people (thread, member);
