#include "storage/catalogue/schema.h"

namespace sohoa {
namespace {

/// Serialises migrations; any number of our own.
constexpr char kLock[] =
    "SELECT pg_advisory_xact_lock(1936681071); DO $$ BEGIN EXECUTE format("
    "'CREATE SCHEMA IF NOT EXISTS %I', current_setting('search_path')); END $$";

/// The first version on this engine is the second of the other one. Text is ordered by its bytes,
/// as SQLite does it, whatever the database's locale.
constexpr char kTables[] = R"sql(
CREATE TABLE sohoa_schema (version INTEGER NOT NULL);
INSERT INTO sohoa_schema VALUES (2);
CREATE TABLE register (
  code TEXT COLLATE "C" PRIMARY KEY,
  procedure_code TEXT COLLATE "C" NOT NULL,
  procedure_name TEXT NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  received_on TEXT COLLATE "C" NOT NULL,
  resolved_on TEXT,
  medium TEXT NOT NULL,
  applicant TEXT NOT NULL,
  result_number TEXT NOT NULL,
  result_date TEXT,
  filed INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  excluded_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX register_by_day ON register (received_on, unit);
CREATE TABLE dossier (
  code TEXT COLLATE "C" PRIMARY KEY,
  object TEXT NOT NULL,
  version INTEGER NOT NULL,
  batch TEXT NOT NULL,
  counted INTEGER NOT NULL,
  not_counted_reason TEXT NOT NULL,
  pages INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  filed_at TEXT NOT NULL
);
CREATE TABLE filing (
  dossier TEXT COLLATE "C" NOT NULL REFERENCES dossier (code),
  version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (dossier, version)
);
CREATE TABLE document (
  id BIGSERIAL PRIMARY KEY,
  dossier TEXT COLLATE "C" NOT NULL REFERENCES dossier (code) ON DELETE CASCADE,
  code TEXT COLLATE "C" NOT NULL UNIQUE,
  file TEXT NOT NULL,
  title TEXT NOT NULL,
  origin TEXT NOT NULL,
  verdict TEXT NOT NULL,
  sha512 TEXT NOT NULL,
  unit TEXT NOT NULL DEFAULT '',
  procedure_code TEXT NOT NULL DEFAULT '',
  dated_on TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'in_force'
);
CREATE INDEX document_by_dossier ON document (dossier);
CREATE TABLE page (
  id BIGSERIAL PRIMARY KEY,
  document BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  words INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (document, number)
);
CREATE TABLE page_index (
  page BIGINT PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
  words TSVECTOR NOT NULL
);
CREATE INDEX page_index_words ON page_index USING gin (words);
CREATE TABLE outcome (
  id BIGSERIAL PRIMARY KEY,
  batch TEXT COLLATE "C" NOT NULL,
  folder TEXT COLLATE "C" NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  cause TEXT NOT NULL,
  detail TEXT NOT NULL,
  pages INTEGER NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX outcome_by_folder ON outcome (batch, folder);
CREATE TABLE job (
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  work_group TEXT NOT NULL,
  rank BIGINT NOT NULL,
  holder TEXT NOT NULL DEFAULT '',
  expires BIGINT NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, name)
);
CREATE INDEX job_order ON job (kind, rank, name);
CREATE INDEX job_by_holder ON job (holder);
CREATE INDEX job_by_group ON job (kind, work_group);
)sql";

/// One row per day and group, kept by triggers: a report over any period adds up a few thousand
/// rows instead of a million. Once per statement, so that an import adds up before it writes; in
/// one order, so that two writers never wait for each other crosswise.
constexpr char kTally[] = R"sql(
CREATE TABLE tally_{g} (
  day TEXT COLLATE "C" NOT NULL,
  {g} TEXT COLLATE "C" NOT NULL,
  received BIGINT NOT NULL,
  received_paper BIGINT NOT NULL,
  resolved BIGINT NOT NULL,
  digitised BIGINT NOT NULL,
  digitised_paper BIGINT NOT NULL,
  filed_not_counted BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  PRIMARY KEY (day, {g})
);
CREATE FUNCTION tally_{g}_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {add} FROM (SELECT 1 AS sign, * FROM coming) AS row {end}
  RETURN NULL; END $$;
CREATE FUNCTION tally_{g}_subtract() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {add} FROM (SELECT -1 AS sign, * FROM going) AS row {end}
  RETURN NULL; END $$;
CREATE FUNCTION tally_{g}_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {add} FROM (SELECT 1 AS sign, * FROM coming UNION ALL SELECT -1, * FROM going) AS row {end}
  RETURN NULL; END $$;
CREATE TRIGGER tally_{g}_insert AFTER INSERT ON register REFERENCING NEW TABLE AS coming
  FOR EACH STATEMENT EXECUTE FUNCTION tally_{g}_add();
CREATE TRIGGER tally_{g}_delete AFTER DELETE ON register REFERENCING OLD TABLE AS going
  FOR EACH STATEMENT EXECUTE FUNCTION tally_{g}_subtract();
CREATE TRIGGER tally_{g}_update AFTER UPDATE ON register
  REFERENCING NEW TABLE AS coming OLD TABLE AS going
  FOR EACH STATEMENT EXECUTE FUNCTION tally_{g}_change();
)sql";

constexpr char kAdd[] = R"sql(
  INSERT INTO tally_{g} SELECT received_on, {c}, sum(sign),
    sum(sign * CASE WHEN medium = 'paper' THEN 1 ELSE 0 END),
    sum(sign * CASE WHEN resolved_on IS NOT NULL THEN 1 ELSE 0 END),
    sum(sign * filed * counted),
    sum(sign * filed * counted * CASE WHEN medium = 'paper' THEN 1 ELSE 0 END),
    sum(sign * filed * (1 - counted)), sum(sign * filed * counted * pages))sql";

constexpr char kEnd[] = R"sql(
  GROUP BY received_on, {c} ORDER BY received_on, {c}
  ON CONFLICT (day, {g}) DO UPDATE SET received = tally_{g}.received + excluded.received,
    received_paper = tally_{g}.received_paper + excluded.received_paper,
    resolved = tally_{g}.resolved + excluded.resolved,
    digitised = tally_{g}.digitised + excluded.digitised,
    digitised_paper = tally_{g}.digitised_paper + excluded.digitised_paper,
    filed_not_counted = tally_{g}.filed_not_counted + excluded.filed_not_counted,
    pages = tally_{g}.pages + excluded.pages;)sql";

std::string tally(std::string_view group, std::string_view column) {
  return replaced(replaced(replaced(replaced(kTally, "{add}", kAdd), "{end}", kEnd), "{g}", group),
                  "{c}", column);
}

/// The same sums by month, so that a report over years adds up hundreds of rows.
std::string months(std::string_view group, std::string_view column) {
  return replaced(replaced(tally(group, column), "tally_", "month_"), "received_on",
                  "substr(received_on, 1, 7)") +
         replaced(kFillMonths, "{g}", group);
}

int version(const Database& database) {
  const auto tables = database.integer(
      "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()");
  const bool ours = database.integer(
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                        "current_schema() AND table_name = 'sohoa_schema'") == 1;
  if (!ours && tables != 0) database.fail("open", "its schema holds tables of another program");
  if (!ours) return 0;
  return static_cast<int>(database.integer("SELECT max(version) FROM sohoa_schema"));
}

/// Papers that are not to be digitised are few and counted apart.
constexpr char kExcluded[] =
    "CREATE INDEX register_excluded ON register (received_on) WHERE excluded_reason <> ''";

/// The search index knows days, too: as filterMarks() and the index write them.
constexpr char kDayMarks[] =
    "UPDATE page_index SET words = page_index.words || "
    "array_to_tsvector(ARRAY['=d' || replace(dated_on, '-', '')]) FROM page JOIN document ON "
    "document.id = page.document WHERE page.id = page_index.page "
    "AND dated_on ~ '^\\d{4}-\\d\\d-\\d\\d$'";

/// The search index finds phrases and beginnings by lexemes of their own, and pages by blocks, so
/// that a search fetches nothing but numbers of pages. For that the rows have to be short; but
/// PostgreSQL moves a value out of a row only when the row has more than 2 kB, hence the blanks,
/// which it packs.
void schema9(const Database& database) {
  database.execute(
      "DROP INDEX page_index_words; TRUNCATE page_index; ALTER TABLE page_index "
      "ADD COLUMN blocks INTEGER[] GENERATED ALWAYS AS "
      "(ARRAY[(page >> 12)::integer, (-1 - (page >> 16))::integer]) STORED, "
      "ADD COLUMN blanks TEXT GENERATED ALWAYS AS (repeat(' ', 2100)) STORED, "
      "SET (toast_tuple_target = 128)");
  indexPages(database, "valid_until");
  database.execute("CREATE INDEX page_index_words ON page_index USING gin (words, blocks)");
}

int step(const Database& database, int from) {
  if (from == 0) {
    database.execute(kTables + tally("unit", "unit") + tally("procedure", "procedure_code"));
    return 2;
  }
  if (from == 2) addTerms(database);
  if (from == 3) database.execute(kDocumentKinds);
  if (from == 4) database.execute(kExcluded);
  if (from == 5) database.execute(kQueueHalves);
  if (from == 6) database.execute(kDayMarks);
  if (from == 7) database.execute(months("unit", "unit") + months("procedure", "procedure_code"));
  if (from == 8) schema9(database);
  database.execute("UPDATE sohoa_schema SET version = " + std::to_string(from + 1));
  return from + 1;
}

int lockedVersion(const Database& database) {
  database.execute(kLock);
  return version(database);
}

}  // namespace

SchemaHistory postgresHistory() { return {version, lockedVersion, step}; }

}  // namespace sohoa
