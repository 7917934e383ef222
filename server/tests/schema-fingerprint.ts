import pg from 'pg'
import { MIGRATIONS_TABLE } from '#platform/postgres/migrate.ts'

/** Everything that a schema is made of, one sorted line each: two schemas are alike when these are equal. */
export async function readSchema(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(`
      with mine as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
      own as (select c.* from pg_class c join mine on mine.oid = c.relnamespace
               where c.relname not like '${MIGRATIONS_TABLE}%')
      select format('schema %s', nspname) as line from mine
      union all
      select format('%s %s %s %s', relkind, oid::regclass, relpersistence, reloptions::text) from own
      union all
      select format('column %s.%s %s %s %s%s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod),
                    case when attnotnull then 'not null' end, attidentity, attgenerated,
                    (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum))
        from pg_attribute join own on own.oid = attrelid where attnum > 0 and not attisdropped
      union all
      select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace in (select oid from mine) and conname not like '${MIGRATIONS_TABLE}%'
      union all
      select format('index %s', pg_get_indexdef(indexrelid)) from pg_index join own on own.oid = indexrelid
      union all
      select format('view %s %s', oid::regclass, pg_get_viewdef(oid)) from own where relkind in ('v', 'm')
      union all
      select format('trigger %s %s', tgenabled, pg_get_triggerdef(oid)) from pg_trigger
       where not tgisinternal and tgrelid in (select oid from own)
      union all
      select format('function %s', pg_get_functiondef(oid)) from pg_proc
       where pronamespace in (select oid from mine) and prokind in ('f', 'p')
         and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
      union all
      select format('type %s %s', oid::regtype, typtype) from pg_type
       where typnamespace in (select oid from mine) and typtype in ('e', 'd', 'r')
      union all
      select format('value %s.%s %s', enumtypid::regtype, enumlabel, enumsortorder) from pg_enum
      union all
      select format('sequence %s %s %s %s', seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement)
        from pg_sequence join own on own.oid = seqrelid
      union all
      select format('comment %s %s', pg_describe_object(classoid, objoid, objsubid), description) from pg_description
       where (classoid = 'pg_class'::regclass and objoid in (select oid from own))
      union all
      select format('extension %s', extname) from pg_extension`)
    return rows.map(({ line }) => line).sort()
  } finally {
    await client.end()
  }
}

/** Foreign keys from an older table to a younger one: they could not be restored in the order of the history. */
export async function findForwardReferences(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(`
      select format('%s: %s refers to the later table %s', conname, conrelid::regclass, confrelid::regclass) as line
        from pg_constraint
       where contype = 'f' and confrelid > conrelid
         and not (select relispartition from pg_class where oid = confrelid)
       order by 1`)
    return rows.map(({ line }) => line)
  } finally {
    await client.end()
  }
}
