-- A row a bill: what lists, search and the import need. Words are folded: lower case, no accents, a blank before each and after the last.
create table bills (
    bill text collate "C" primary key,
    years text collate "C" not null,
    session integer not null,
    measure text collate "C" not null,
    number integer not null,
    subject text not null default '',
    subject_words text collate "C" not null default ' ',
    authors text not null default '',
    author_words text collate "C" not null default ' ',
    house text collate "C",
    secondary text collate "C",
    location text collate "C",
    status text collate "C" not null default '',
    whereabouts text not null default '',
    last_date text collate "C" not null default '',
    last_action text not null default '',
    version bigint not null default 0,
    fingerprint text collate "C" not null default ''
);
create index bills_by_last_date on bills (last_date, bill);
create index bills_by_number on bills (number, measure);

-- The names behind the codes that bills' places use.
create table bill_committees (
    code text collate "C" primary key,
    house text not null,
    name text not null
);
