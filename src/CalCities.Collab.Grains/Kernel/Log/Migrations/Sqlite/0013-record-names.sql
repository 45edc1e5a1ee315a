-- Which city bore which name (in kebab case, and as it is written) from which position of the log on: what people write names their city as it was called then.
create table record_city_names (
    slug text not null,
    since integer not null,
    city text not null,
    name text not null,
    primary key (slug, since)
) strict, without rowid;
create index record_city_names_by_city on record_city_names (city, since);
