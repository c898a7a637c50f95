#include <map>
#include <set>

#include "core/result.h"
#include "storage/catalogue/catalogue_sql.h"
#include "storage/catalogue/register_rows.h"

namespace sohoa {
namespace {

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
  row.excludedReason = statement.text(first + 10);
  return row;
}

RegisterChange SqlCatalogue::importRegister(const RegisterSource& next,
                                            const RegisterWitness& changed) {
  RegisterChange change;
  DatabaseTransaction transaction(*database_);
  if (database_->engine() == Engine::postgres) {
    // One import at a time, and reports go on meanwhile: what it changes is not known beforehand.
    database_->execute("LOCK TABLE register IN SHARE ROW EXCLUSIVE MODE");
  }
  RegisterRows table(*database_);
  std::map<std::string, RegisterRow> rows;  // of one code the last row counts
  for (auto row = next(); row; row = next()) {
    std::string code = row->dossierCode;
    rows.insert_or_assign(std::move(code), std::move(*row));
    if (rows.size() < RegisterRows::kAtOnce) continue;
    importRows(table, rows, change, changed);
    rows.clear();
  }
  importRows(table, rows, change, changed);
  transaction.commit();
  return change;
}

void SqlCatalogue::importRows(RegisterRows& table, const std::map<std::string, RegisterRow>& rows,
                              RegisterChange& change, const RegisterWitness& changed) {
  std::vector<const RegisterRow*> all, coming;
  for (const auto& [code, row] : rows) all.push_back(&row);
  const std::map<std::string, RegisterRow> known = table.known(all);
  for (const RegisterRow* row : all) {
    const auto before = known.find(row->dossierCode);
    if (before == known.end()) {
      ++change.added;
      coming.push_back(row);
      if (changed) changed(std::nullopt, *row);
    } else if (before->second == *row) {
      ++change.unchanged;
    } else {
      ++change.updated;
      table.update(*row);
      filterAgain(*row);
      if (changed) changed(before->second, *row);
    }
  }
  table.insert(coming);
  // Almost none of them is filed already.
  const std::set<std::string> filed = table.filed(coming);
  for (const RegisterRow* row : coming) {
    if (!filed.contains(row->dossierCode)) continue;
    table.markFiled(row->dossierCode);
    filterAgain(*row);
  }
}

std::optional<RegisterRow> SqlCatalogue::registered(const std::string& dossierCode) const {
  Statement select(*database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register WHERE code = ?1");
  select.start(dossierCode);
  if (!select.next()) return std::nullopt;
  return rowFrom(select);
}

std::int64_t SqlCatalogue::registerSize() const {
  // The tally is small; counting the register itself would read all of it.
  return database_->integer("SELECT coalesce(sum(received), 0) FROM month_unit");
}

void SqlCatalogue::forEachRegistered(const std::function<void(const RegisterRow&)>& visit) const {
  Statement select(*database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register ORDER BY code");
  select.start();
  while (select.next()) visit(rowFrom(select));
}

}  // namespace sohoa
