-- Every post's version and author, by which new posts are counted and edits named; and who is mentioned where. Times are milliseconds since 1970.
create table thread_posts (
    thread text collate "C" not null,
    version bigint not null,
    author text collate "C" not null,
    post text collate "C" not null,
    said_by text not null,
    primary key (thread, version)
);
create unique index thread_posts_by_post on thread_posts (thread, post);

create table thread_mentions (
    member text collate "C" not null,
    thread text collate "C" not null,
    post text collate "C" not null,
    version bigint not null,
    said_by text not null,
    excerpt text not null,
    removed integer not null default 0,
    said_at bigint not null,
    primary key (member, thread, post)
);
create index thread_mentions_by_time on thread_mentions (member, said_at);
create index thread_mentions_by_post on thread_mentions (thread, post);
