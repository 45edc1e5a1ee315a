-- A row a bill: what lists, search and the import need. Words are folded: lower case, no accents, a blank before each and after the last.
create table bills (
    bill text primary key,
    years text not null,
    session integer not null,
    measure text not null,
    number integer not null,
    subject text not null default '',
    subject_words text not null default ' ',
    authors text not null default '',
    author_words text not null default ' ',
    house text,
    secondary text,
    location text,
    status text not null default '',
    whereabouts text not null default '',
    last_date text not null default '',
    last_action text not null default '',
    version integer not null default 0,
    fingerprint text not null default ''
) strict, without rowid;
create index bills_by_last_date on bills (last_date, bill);
create index bills_by_number on bills (number, measure);

-- The names behind the codes that bills' places use.
create table bill_committees (
    code text primary key,
    house text not null,
    name text not null
) strict, without rowid;
