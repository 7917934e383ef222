-- Up Migration

-- An invitation. The code is drawn from 80 random bits; operators may read it, since they hand it out.
-- A guess is looked up by its SHA-256, so the search takes alike however much of a code was right.
create table accounts_invite (
  id          bigint generated always as identity primary key,
  code        text        not null,
  code_hash   bytea       not null,
  -- False when somebody chose the code (the demo's 5858). Production refuses those.
  is_drawn    boolean     not null,
  campaign    text,
  rank        text        not null,
  -- Null: as many as like.
  max_uses    integer,
  uses        integer     not null default 0,
  expires_at  timestamptz,
  disabled_at timestamptz,
  created_at  timestamptz not null,
  -- The operator who made it; null when a command did.
  created_by  bigint,
  constraint accounts_invite_code_is_unique unique (code_hash),
  constraint accounts_invite_rank_is_known check (rank in ('STANDARD', 'PREMIUM', 'VIP')),
  constraint accounts_invite_allows_some_use check (max_uses > 0),
  constraint accounts_invite_is_not_used_too_often check (uses between 0 and coalesce(max_uses, uses))
);

-- A player. Of a telephone number only the last four digits are kept, and a keyed hash by which support
-- can find it again; of an identity only the birth year and a keyed hash of the CI (one person, one account).
create table accounts_player (
  id            bigint generated always as identity (start with 1001) primary key,
  -- In lower case, so that it is unique whatever its case.
  site_id       text        not null,
  nickname      text        not null,
  -- The nickname as people tell names apart: NFKC, lower case, without spaces.
  nickname_key  text        not null,
  phone_last4   text,
  phone_hash    bytea,
  password_hash text        not null,
  rank          text        not null,
  status        text        not null default 'active',
  invite_id     bigint      not null references accounts_invite,
  created_at    timestamptz not null,
  last_login_at timestamptz,
  birth_year    smallint,
  ci_hash       bytea,
  verified_at   timestamptz,
  constraint accounts_player_site_id_is_unique unique (site_id),
  constraint accounts_player_site_id_is_lower_case check (site_id ~ '^[a-z0-9_]{4,20}$'),
  constraint accounts_player_nickname_is_unique unique (nickname_key),
  constraint accounts_player_rank_is_known check (rank in ('STANDARD', 'PREMIUM', 'VIP')),
  constraint accounts_player_status_is_known check (status in ('active', 'banned')),
  constraint accounts_player_phone_is_whole check ((phone_last4 is null) = (phone_hash is null)),
  constraint accounts_player_one_person_one_account unique (ci_hash),
  constraint accounts_player_identity_is_whole
    check (num_nulls(birth_year, ci_hash, verified_at) in (0, 3)),
  -- For the foreign key of sessions_session, which carries the rank along.
  constraint accounts_player_has_one_rank unique (id, rank)
);
create index accounts_player_phone on accounts_player (phone_hash) where phone_hash is not null;

-- An operator. The TOTP secret is encrypted under PII_KEY; without a confirmed one only enrolling is possible.
create table operators_operator (
  id                bigint generated always as identity primary key,
  site_id           text        not null,
  password_hash     text        not null,
  totp_secret       bytea,
  totp_confirmed_at timestamptz,
  -- The 30-second step of the last code that counted: each code counts once.
  totp_last_step    bigint      not null default 0,
  status            text        not null default 'active',
  created_at        timestamptz not null,
  last_login_at     timestamptz,
  constraint operators_operator_site_id_is_unique unique (site_id),
  constraint operators_operator_site_id_is_lower_case check (site_id ~ '^[a-z0-9_]{4,20}$'),
  constraint operators_operator_status_is_known check (status in ('active', 'disabled')),
  constraint operators_operator_confirms_a_secret check (totp_confirmed_at is null or totp_secret is not null)
);

-- Codes that replace a lost second factor, once each.
create table operators_recovery_code (
  operator_id bigint not null references operators_operator,
  code_hash   bytea  not null,
  used_at     timestamptz,
  primary key (operator_id, code_hash)
);

-- The one-time secret that makes the first operator. At most one row: a new secret replaces the old one.
create table operators_bootstrap (
  id          smallint    primary key default 1,
  secret_hash bytea       not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  constraint operators_bootstrap_is_one check (id = 1)
);

-- A login, of a player or of an operator, from its beginning to its end.
create table sessions_session (
  id            bigint generated always as identity primary key,
  player_id     bigint,
  -- The player's rank. The foreign key below keeps it equal to the player's own, so one row says
  -- everything that a request needs, and a change of rank counts from the next request on.
  rank          text,
  operator_id   bigint references operators_operator,
  second_factor boolean     not null default false,
  created_at    timestamptz not null,
  -- To the minute: written behind the requests, not by each of them.
  last_used_at  timestamptz not null,
  ends_at       timestamptz not null,
  ended_at      timestamptz,
  ended_reason  text,
  is_browser    boolean     not null,
  user_agent    text        not null,
  address_hint  text        not null,
  constraint sessions_session_has_one_owner check ((player_id is null) <> (operator_id is null)),
  constraint sessions_session_rank_is_a_players check ((rank is null) = (player_id is null)),
  constraint sessions_session_rank_follows_the_player
    foreign key (player_id, rank) references accounts_player (id, rank) on update cascade,
  constraint sessions_session_ends_with_a_reason check ((ended_at is null) = (ended_reason is null))
) with (fillfactor = 80);
create index sessions_session_open_of_player on sessions_session (player_id) where ended_at is null;
create index sessions_session_open_of_operator on sessions_session (operator_id) where ended_at is null;

-- Refresh tokens, as SHA-256 of 256 random bits. One successor each: rotations count up without a fork.
create table sessions_refresh_token (
  token_hash     bytea       primary key,
  session_id     bigint      not null references sessions_session on delete cascade,
  rotation       integer     not null,
  issued_at      timestamptz not null,
  used_at        timestamptz,
  -- With it, the spent token and PII_KEY the successor can be made again; erased when the successor is spent.
  successor_salt bytea,
  constraint sessions_refresh_token_has_one_successor unique (session_id, rotation)
);

-- Wrong guesses at passwords and invitations, counted by who guesses at what (keyed hashes: no names or
-- addresses are kept). A row is locked while a guess is judged, so parallel guesses count one by one.
create table credentials_failure (
  key_hash       bytea       primary key,
  kind           text        not null,
  failures       integer     not null,
  last_failed_at timestamptz,
  locked_until   timestamptz,
  constraint credentials_failure_kind_is_known
    check (kind in ('account_client', 'account_device', 'account', 'address', 'everyone', 'invite_address')),
  constraint credentials_failure_counts_up check (failures >= 0)
);

-- Devices from which an account has been entered before: strangers cannot lock those out.
create table credentials_device (
  device_hash  bytea       not null,
  account_hash bytea       not null,
  last_used_at timestamptz not null,
  primary key (account_hash, device_hash)
);

-- Down Migration
drop table credentials_device;
drop table credentials_failure;
drop table sessions_refresh_token;
drop table sessions_session;
drop table operators_bootstrap;
drop table operators_recovery_code;
drop table operators_operator;
drop table accounts_player;
drop table accounts_invite;
