-- Up Migration

-- What a batch writes leaves together with its commit, so nobody looks at an answer in between: an update that did
-- not find every row as it was locked has to fail by itself, and the commit behind it with it.
create function house_require_rows(rows_found bigint, rows_locked bigint, broken text) returns void language plpgsql as $$
begin
  if rows_found <> rows_locked then
    raise exception '% of % rows were as they had been locked', rows_found, rows_locked
      using errcode = 'integrity_constraint_violation', constraint = broken;
  end if;
end $$;

-- Down Migration
drop function house_require_rows;
