-- Who acted in which streams, and for which city ('' where the event doesn't say): what an export of the record reads.
create table record_streams (
    member text not null,
    stream text not null,
    city text not null,
    primary key (member, stream, city)
) strict, without rowid;
create index record_streams_by_city on record_streams (city, stream);

-- Each person's city now ('' for the league's own people).
create table record_people (
    member text primary key,
    city text not null
) strict, without rowid;
create index record_people_by_city on record_people (city, member);

-- Who gave whom which standing, or took it: what /admin/audit shows beside sign-ins. Times are milliseconds since 1970.
create table standing_changes (
    position integer primary key,
    at integer not null,
    actor text not null,
    member text not null,
    change text not null
) strict, without rowid;
create index standing_changes_by_member on standing_changes (member, position);
