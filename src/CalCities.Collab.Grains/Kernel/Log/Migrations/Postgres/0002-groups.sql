create table groups_list (
    slug text primary key,
    name text not null,
    kind integer not null,
    scope text not null
);

create table members_list (
    member text primary key,
    office text not null,
    city text,
    duty integer not null
);

create table seats_list (
    group_slug text not null,
    member text not null,
    role integer not null,
    primary key (group_slug, member)
);

create index seats_list_member on seats_list (member);
