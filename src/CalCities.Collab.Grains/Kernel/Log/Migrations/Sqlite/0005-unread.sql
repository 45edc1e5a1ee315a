-- Every post's version and author, by which new posts are counted and edits named; and who is mentioned where. Times are milliseconds since 1970.
create table thread_posts (
    thread text not null,
    version integer not null,
    author text not null,
    post text not null,
    said_by text not null,
    primary key (thread, version)
) strict, without rowid;
create unique index thread_posts_by_post on thread_posts (thread, post);

create table thread_mentions (
    member text not null,
    thread text not null,
    post text not null,
    version integer not null,
    said_by text not null,
    excerpt text not null,
    removed integer not null default 0,
    said_at integer not null,
    primary key (member, thread, post)
) strict, without rowid;
create index thread_mentions_by_time on thread_mentions (member, said_at);
create index thread_mentions_by_post on thread_mentions (thread, post);
