#include "storage/catalogue/catalogue.h"

#include "core/result.h"
#include "storage/catalogue/catalogue_sql.h"
#include "storage/catalogue/schema.h"

namespace sohoa {

std::string_view nameOf(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::filed:
      return "filed";
    case Outcome::Kind::held:
      return "held";
    case Outcome::Kind::quarantined:
      return "quarantined";
    case Outcome::Kind::waiting:
      return "waiting";
  }
  return {};
}

std::string Catalogue::dump() const {
  std::string text;
  forEachDumpLine([&](const std::string& line) { text += line + '\n'; });
  return text;
}

RegisterChange Catalogue::importRegister(const std::vector<RegisterRow>& rows) {
  auto row = rows.begin();
  return importRegister([&]() -> std::optional<RegisterRow> {
    if (row == rows.end()) return std::nullopt;
    return *row++;
  });
}

SqlCatalogue::SqlCatalogue(std::unique_ptr<Database> database) : database_(std::move(database)) {
  const bool sqlite = database_->engine() == Engine::sqlite;
  if (sqlite) database_->execute("PRAGMA foreign_keys = ON");
  migrate(*database_);
  if (sqlite) {
    // WAL lets readers go on while a dossier is recorded; FULL syncs the log at every commit.
    database_->execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
        "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  }
  index_ = makeTextIndex(*database_);
  jobs_ = makeJobQueue(*database_);
}

void SqlCatalogue::recordOutcome(const Outcome& outcome) {
  Statement(*database_,
            "INSERT INTO outcome (batch, folder, code, kind, cause, detail, pages, at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .run(outcome.batch, outcome.folder, outcome.code, nameOf(outcome.kind), outcome.cause,
           outcome.detail, outcome.pages, isoUtc(outcome.at));
}

std::vector<Outcome> SqlCatalogue::outcomes(const std::string& batch) const {
  Statement statement(
      *database_,
      "SELECT batch, folder, code, kind, cause, detail, pages, at FROM outcome WHERE id IN "
      "(SELECT max(id) FROM outcome WHERE ?1 = '' OR batch = ?1 GROUP BY batch, folder) "
      "ORDER BY batch, folder");
  std::vector<Outcome> outcomes;
  statement.start(batch);
  while (statement.next()) {
    Outcome outcome;
    outcome.batch = statement.text(0);
    outcome.folder = statement.text(1);
    outcome.code = statement.text(2);
    for (auto kind : {Outcome::Kind::filed, Outcome::Kind::held, Outcome::Kind::quarantined}) {
      if (nameOf(kind) == statement.text(3)) outcome.kind = kind;
    }
    outcome.cause = statement.text(4);
    outcome.detail = statement.text(5);
    outcome.pages = static_cast<int>(statement.integer(6));
    outcome.at = parseIsoTime(statement.text(7)).value_or(Time{});
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

std::unique_ptr<Catalogue> openSqliteCatalogue(const std::filesystem::path& file) {
  return std::make_unique<SqlCatalogue>(openSqlite(file.string()));
}

std::unique_ptr<Catalogue> openPostgresCatalogue(const std::string& address,
                                                 const std::string& schema) {
  return std::make_unique<SqlCatalogue>(openPostgres(address, schema));
}

}  // namespace sohoa
