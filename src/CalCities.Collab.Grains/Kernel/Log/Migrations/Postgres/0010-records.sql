-- Who acted in which streams, and for which city ('' where the event doesn't say): what an export of the record reads.
create table record_streams (
    member text collate "C" not null,
    stream text collate "C" not null,
    city text collate "C" not null,
    primary key (member, stream, city)
);
create index record_streams_by_city on record_streams (city, stream);

-- Each person's city now ('' for the league's own people).
create table record_people (
    member text collate "C" primary key,
    city text collate "C" not null
);
create index record_people_by_city on record_people (city, member);

-- Who gave whom which standing, or took it: what /admin/audit shows beside sign-ins. Times are milliseconds since 1970.
create table standing_changes (
    position bigint primary key,
    at bigint not null,
    actor text not null,
    member text collate "C" not null,
    change text not null
);
create index standing_changes_by_member on standing_changes (member, position);
