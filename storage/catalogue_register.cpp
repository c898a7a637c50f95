#include "core/result.h"
#include "storage/catalogue_sqlite.h"

namespace sohoa {
namespace {

std::optional<std::string> textOf(const std::optional<Day>& day) {
  if (!day) return std::nullopt;
  return isoDay(*day);
}

std::optional<Day> dayOf(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return parseIsoDay(*text);
}

}  // namespace

RegisterRow rowFrom(const Statement& statement, int first) {
  RegisterRow row;
  row.dossierCode = statement.text(first);
  row.procedureCode = statement.text(first + 1);
  row.procedureName = statement.text(first + 2);
  row.unit = statement.text(first + 3);
  row.receivedOn = parseIsoDay(statement.text(first + 4)).value_or(Day{});
  row.resolvedOn = dayOf(statement.textOrNull(first + 5));
  row.medium = statement.text(first + 6);
  row.applicant = statement.text(first + 7);
  row.resultNumber = statement.text(first + 8);
  row.resultDate = dayOf(statement.textOrNull(first + 9));
  return row;
}

RegisterChange SqliteCatalogue::importRegister(const std::vector<RegisterRow>& rows) {
  DatabaseTransaction transaction(database_);
  Statement insert(database_,
                   "INSERT INTO register (code, procedure_code, procedure_name, unit, received_on, "
                   "resolved_on, medium, applicant, result_number, result_date, filed, counted, "
                   "pages) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                   "EXISTS (SELECT 1 FROM dossier WHERE code = ?1), "
                   "ifnull((SELECT counted FROM dossier WHERE code = ?1), 0), "
                   "ifnull((SELECT pages FROM dossier WHERE code = ?1), 0))");
  Statement update(database_,
                   "UPDATE register SET procedure_code = ?2, procedure_name = ?3, unit = ?4, "
                   "received_on = ?5, resolved_on = ?6, medium = ?7, applicant = ?8, "
                   "result_number = ?9, result_date = ?10 WHERE code = ?1");
  Statement select(database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register WHERE code = ?");
  RegisterChange change;
  for (const RegisterRow& row : rows) {
    select.start(row.dossierCode);
    const bool known = select.next();
    if (known && rowFrom(select) == row) {
      ++change.unchanged;
      continue;
    }
    ++(known ? change.updated : change.added);
    (known ? update : insert)
        .run(row.dossierCode, row.procedureCode, row.procedureName, row.unit,
             isoDay(row.receivedOn), textOf(row.resolvedOn), row.medium, row.applicant,
             row.resultNumber, textOf(row.resultDate));
  }
  select.reset();
  transaction.commit();
  return change;
}

std::optional<RegisterRow> SqliteCatalogue::registered(const std::string& dossierCode) const {
  Statement select(database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register WHERE code = ?");
  select.start(dossierCode);
  if (!select.next()) return std::nullopt;
  return rowFrom(select);
}

std::int64_t SqliteCatalogue::registerSize() const {
  // The tally is small; counting the register itself would read all of it.
  return database_.integer("SELECT ifnull(sum(received), 0) FROM tally_unit");
}

void SqliteCatalogue::forEachRegistered(
    const std::function<void(const RegisterRow&)>& visit) const {
  Statement select(database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register ORDER BY code");
  select.start();
  while (select.next()) visit(rowFrom(select));
}

}  // namespace sohoa
