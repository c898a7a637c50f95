#include "storage/catalogue/schema.h"
#include "storage/catalogue/search_filters.h"
#include "storage/catalogue/text_index.h"
#include "storage/text/text_folding.h"

namespace sohoa {
namespace {

/// "soho" in ASCII, in the SQLite header: tells our files from others'.
constexpr std::int64_t kApplicationId = 0x736f686f;

/// One row per day and group, kept by triggers: a report over any period adds up a few thousand
/// rows instead of a million.
constexpr char kTally[] = R"sql(
CREATE TABLE tally_{g} (
  day TEXT NOT NULL,
  {g} TEXT NOT NULL,
  received INTEGER NOT NULL,
  received_paper INTEGER NOT NULL,
  resolved INTEGER NOT NULL,
  digitised INTEGER NOT NULL,
  digitised_paper INTEGER NOT NULL,
  filed_not_counted INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  PRIMARY KEY (day, {g})
) WITHOUT ROWID;
CREATE TRIGGER tally_{g}_insert AFTER INSERT ON register BEGIN {add_new} END;
CREATE TRIGGER tally_{g}_delete AFTER DELETE ON register BEGIN {add_old} END;
CREATE TRIGGER tally_{g}_update AFTER UPDATE ON register BEGIN {add_old} {add_new} END;
)sql";

constexpr char kAdd[] = R"sql(
  INSERT INTO tally_{g} VALUES ({r}.received_on, {r}.{c}, {s}1, {s}({r}.medium = 'paper'),
    {s}({r}.resolved_on IS NOT NULL), {s}({r}.filed AND {r}.counted),
    {s}({r}.filed AND {r}.counted AND {r}.medium = 'paper'),
    {s}({r}.filed AND NOT {r}.counted),
    {s}(CASE WHEN {r}.filed AND {r}.counted THEN {r}.pages ELSE 0 END))
  ON CONFLICT DO UPDATE SET received = received + excluded.received,
    received_paper = received_paper + excluded.received_paper,
    resolved = resolved + excluded.resolved,
    digitised = digitised + excluded.digitised,
    digitised_paper = digitised_paper + excluded.digitised_paper,
    filed_not_counted = filed_not_counted + excluded.filed_not_counted,
    pages = pages + excluded.pages;
)sql";

constexpr char kTables[] = R"sql(
CREATE TABLE register (
  code TEXT PRIMARY KEY,
  procedure_code TEXT NOT NULL,
  procedure_name TEXT NOT NULL,
  unit TEXT NOT NULL,
  received_on TEXT NOT NULL,
  resolved_on TEXT,
  medium TEXT NOT NULL,
  applicant TEXT NOT NULL,
  result_number TEXT NOT NULL,
  result_date TEXT,
  filed INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX register_by_day ON register (received_on, unit);
CREATE TABLE dossier (
  code TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  version INTEGER NOT NULL,
  batch TEXT NOT NULL,
  counted INTEGER NOT NULL,
  not_counted_reason TEXT NOT NULL,
  pages INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  filed_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE filing (
  dossier TEXT NOT NULL REFERENCES dossier (code),
  version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (dossier, version)
);
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  dossier TEXT NOT NULL REFERENCES dossier (code) ON DELETE CASCADE,
  code TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  title TEXT NOT NULL,
  origin TEXT NOT NULL,
  verdict TEXT NOT NULL,
  sha512 TEXT NOT NULL
);
CREATE INDEX document_by_dossier ON document (dossier);
-- Page 0 is not a sheet: it holds the description (codes, title, fields) for the search.
CREATE TABLE page (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  words INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (document, number)
);
-- Our own folded words, so that query and text are folded by the same code; the text itself is
-- in `page`.
CREATE VIRTUAL TABLE page_index USING fts5 (words, content='', prefix='2 3',
  tokenize="unicode61 remove_diacritics 0");
CREATE TABLE outcome (
  id INTEGER PRIMARY KEY,
  batch TEXT NOT NULL,
  folder TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  cause TEXT NOT NULL,
  detail TEXT NOT NULL,
  pages INTEGER NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX outcome_by_folder ON outcome (batch, folder);
)sql";

std::string tally(std::string_view group, std::string_view column) {
  const auto add = [&](std::string_view row, std::string_view sign) {
    return replaced(replaced(replaced(replaced(kAdd, "{g}", group), "{c}", column), "{r}", row),
                    "{s}", sign);
  };
  return replaced(replaced(replaced(kTally, "{g}", group), "{add_new}", add("NEW", "")),
                  "{add_old}", add("OLD", "-"));
}

void schema1(const Database& database) {
  database.execute(kTables + tally("unit", "unit") + tally("procedure", "procedure_code"));
}

/// What a search can be narrowed to stands beside each document and in the search index; several
/// hosts share a queue, which one host needs not, but the schema is the same.
constexpr char kFilters[] = R"sql(
ALTER TABLE register ADD COLUMN excluded_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN procedure_code TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN dated_on TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN status TEXT NOT NULL DEFAULT 'in_force';
DROP TABLE page_index;
CREATE VIRTUAL TABLE page_index USING fts5 (words, filters, content='', prefix='2 3',
  tokenize="unicode61 remove_diacritics 0");
CREATE TABLE job (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  work_group TEXT NOT NULL,
  rank INTEGER NOT NULL,
  holder TEXT NOT NULL DEFAULT '',
  expires INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, name)
);
CREATE INDEX job_order ON job (kind, rank, name);
CREATE INDEX job_by_holder ON job (holder);
CREATE INDEX job_by_group ON job (kind, work_group);
-- What the register says now, else what it said at the time of filing.
UPDATE document SET (unit, procedure_code, dated_on) = (
  SELECT coalesce(register.unit, record ->> '$.register.unit', ''),
    coalesce(register.procedure_code, record ->> '$.register.procedure_code', ''),
    coalesce(register.result_date, record ->> '$.register.result_date', register.received_on,
      record ->> '$.register.received_on', '')
  FROM dossier JOIN filing ON filing.dossier = dossier.code AND filing.version = dossier.version
    LEFT JOIN register ON register.code = dossier.code
  WHERE dossier.code = document.dossier);
)sql";

void schema2(const Database& database) {
  database.execute(kFilters);
  indexPages(database, "''");
}

/// The search index knows days, too.
void schema7(const Database& database) {
  database.execute("INSERT INTO page_index (page_index) VALUES ('delete-all')");
  indexPages(database, "valid_until");
}

/// The same sums by month, so that a report over years adds up hundreds of rows.
std::string months(std::string_view group, std::string_view column) {
  std::string sql = replaced(tally(group, column), "tally_", "month_");
  for (const std::string row : {"NEW", "OLD"}) {
    sql = replaced(sql, row + ".received_on", "substr(" + row + ".received_on, 1, 7)");
  }
  return sql + replaced(kFillMonths, "{g}", group);
}

/// Papers that are not to be digitised are few and counted apart.
constexpr char kExcluded[] =
    "CREATE INDEX register_excluded ON register (received_on) WHERE excluded_reason <> ''";

int version(const Database& database) {
  const auto number = database.integer("PRAGMA user_version");
  const auto application = database.integer("PRAGMA application_id");
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (application != kApplicationId && (application != 0 || number != 0 || tables != 0)) {
    database.fail("open", "this SQLite file is not a sohoa catalogue");
  }
  return static_cast<int>(number);
}

/// Steps are never changed once released: a new one is added. (Version 9 is one of PostgreSQL's
/// index.)
int step(const Database& database, int from) {
  if (from == 0) schema1(database);
  if (from == 1) schema2(database);
  if (from == 2) addTerms(database);
  if (from == 3) database.execute(kDocumentKinds);
  if (from == 4) database.execute(kExcluded);
  if (from == 5) database.execute(kQueueHalves);
  if (from == 6) schema7(database);
  if (from == 7) database.execute(months("unit", "unit") + months("procedure", "procedure_code"));
  database.execute("PRAGMA user_version = " + std::to_string(from + 1));
  database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  return from + 1;
}

}  // namespace

SchemaHistory sqliteHistory() { return {version, version, step}; }

}  // namespace sohoa
