-- Meetings. Stage as in MeetingStage; starts is milliseconds since 1970; in_time: its agenda was posted before the notice hours.
create table meetings_list (
    id text primary key,
    group_slug text not null,
    group_name text not null,
    title text not null,
    special integer not null,
    starts integer not null,
    place text not null,
    stage integer not null,
    revision integer not null,
    in_time integer not null
) strict, without rowid;
create index meetings_by_group on meetings_list (group_slug, starts);

-- Who is checked in, by seat.
create table meeting_present (
    meeting text not null,
    seat text not null,
    member text not null,
    primary key (meeting, seat)
) strict, without rowid;
create index meeting_present_by_member on meeting_present (member);
