-- What the league's own data adds to its lists. Ended: merged or retired. Appointer: who fills the seat.
alter table groups_list add column power integer not null default 0;
alter table groups_list add column ended integer not null default 0;
alter table groups_list add column term text;

alter table seats_list add column appointer text;
alter table seats_list add column alternate_for text;

alter table members_list add column name text;
alter table members_list add column body text;
alter table members_list add column city_slug text;
alter table members_list add column suspended integer not null default 0;
create index members_list_by_city on members_list (city_slug);

create table cities_list (
    city text primary key,
    name text not null,
    county text not null,
    division text not null,
    is_member integer not null default 0,
    council integer not null default 0
);
