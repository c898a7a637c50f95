#include <algorithm>
#include <map>
#include <set>

#include "core/result.h"
#include "storage/catalogue_sql.h"

namespace sohoa {
namespace {

/// Few enough for the parameters of one statement on either engine.
constexpr std::size_t kRowsAtOnce = 500;

std::optional<std::string> textOf(const std::optional<Day>& day) {
  if (!day) return std::nullopt;
  return isoDay(*day);
}

std::optional<Day> dayOf(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return parseIsoDay(*text);
}

/// Parameters ?first … for a list.
std::string places(std::size_t first, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list += (i == 0 ? "?" : ", ?") + std::to_string(first + i);
  }
  return list;
}

/// The columns of `register` that hold a row, in the order of kRegisterColumns.
void forEachValue(const RegisterRow& row, const auto& visit) {
  visit(row.dossierCode);
  visit(row.procedureCode);
  visit(row.procedureName);
  visit(row.unit);
  visit(isoDay(row.receivedOn));
  visit(textOf(row.resolvedOn));
  visit(row.medium);
  visit(row.applicant);
  visit(row.resultNumber);
  visit(textOf(row.resultDate));
  visit(row.excludedReason);
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
  std::map<std::string, RegisterRow> rows;  // of one code the last row counts
  for (auto row = next(); row; row = next()) {
    std::string code = row->dossierCode;
    rows.insert_or_assign(std::move(code), std::move(*row));
    if (rows.size() < kRowsAtOnce) continue;
    importRows(rows, change, changed);
    rows.clear();
  }
  importRows(rows, change, changed);
  transaction.commit();
  return change;
}

void SqlCatalogue::importRows(const std::map<std::string, RegisterRow>& rows,
                              RegisterChange& change, const RegisterWitness& changed) {
  const std::map<std::string, RegisterRow> known = knownRows(rows);
  std::vector<const RegisterRow*> coming;
  for (const auto& [code, row] : rows) {
    const auto before = known.find(code);
    if (before == known.end()) {
      ++change.added;
      coming.push_back(&row);
      if (changed) changed(std::nullopt, row);
    } else if (before->second == row) {
      ++change.unchanged;
    } else {
      ++change.updated;
      updateRow(row);
      if (changed) changed(before->second, row);
    }
  }
  insertRows(coming);
  // Almost none of them is filed already.
  const std::set<std::string> filed = filedOnes(coming);
  for (const RegisterRow* row : coming) {
    if (filed.contains(row->dossierCode)) filterAgain(*row);
  }
}

std::map<std::string, RegisterRow> SqlCatalogue::knownRows(
    const std::map<std::string, RegisterRow>& wanted) const {
  std::map<std::string, RegisterRow> known;
  if (wanted.empty()) return known;
  Statement select(*database_, std::string("SELECT ") + kRegisterColumns +
                                   " FROM register WHERE code IN (" + places(1, wanted.size()) +
                                   ")");
  int parameter = 0;
  for (const auto& [code, row] : wanted) select.bind(parameter++, code);
  while (select.next()) known.emplace(select.text(0), rowFrom(select));
  return known;
}

std::set<std::string> SqlCatalogue::filedOnes(const std::vector<const RegisterRow*>& rows) const {
  std::set<std::string> filed;
  if (rows.empty()) return filed;
  Statement select(*database_,
                   "SELECT code FROM dossier WHERE code IN (" + places(1, rows.size()) + ")");
  int parameter = 0;
  for (const RegisterRow* row : rows) select.bind(parameter++, row->dossierCode);
  while (select.next()) filed.insert(select.text(0));
  return filed;
}

void SqlCatalogue::insertRows(const std::vector<const RegisterRow*>& rows) {
  if (rows.empty()) return;
  // SQLite looks for each numbered parameter among all before it: one statement of 500 rows took
  // two thirds of an import's time. A server is asked as seldom as can be.
  const std::size_t atOnce = database_->engine() == Engine::sqlite ? 20 : kRowsAtOnce;
  if (rows.size() > atOnce) {
    for (std::size_t from = 0; from < rows.size(); from += atOnce) {
      const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(from + atOnce, rows.size()));
      insertRows({rows.begin() + static_cast<std::ptrdiff_t>(from), end});
    }
    return;
  }
  constexpr std::size_t kColumns = 11;
  std::string sql =
      "INSERT INTO register (code, procedure_code, procedure_name, unit, received_on, "
      "resolved_on, medium, applicant, result_number, result_date, excluded_reason) VALUES ";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sql += (i == 0 ? "(" : ", (") + places(i * kColumns + 1, kColumns) + ")";
  }
  Statement insert(*database_, sql);
  int at = 0;
  for (const RegisterRow* row : rows) {
    forEachValue(*row, [&](const auto& value) { insert.bind(at++, value); });
  }
  while (insert.next()) {
  }
  insert.reset();
  Statement filedOnes(*database_,
                      "UPDATE register SET filed = 1, counted = dossier.counted, "
                      "pages = dossier.pages FROM dossier WHERE dossier.code = register.code AND "
                      "register.filed = 0 AND register.code IN (" +
                          places(1, rows.size()) + ")");
  at = 0;
  for (const RegisterRow* row : rows) filedOnes.bind(at++, row->dossierCode);
  while (filedOnes.next()) {
  }
}

void SqlCatalogue::updateRow(const RegisterRow& row) {
  Statement update(*database_,
                   "UPDATE register SET procedure_code = ?2, procedure_name = ?3, unit = ?4, "
                   "received_on = ?5, resolved_on = ?6, medium = ?7, applicant = ?8, "
                   "result_number = ?9, result_date = ?10, excluded_reason = ?11 "
                   "WHERE code = ?1");
  int at = 0;
  forEachValue(row, [&](const auto& value) { update.bind(at++, value); });
  while (update.next()) {
  }
  filterAgain(row);
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
  return database_->integer("SELECT coalesce(sum(received), 0) FROM tally_unit");
}

void SqlCatalogue::forEachRegistered(const std::function<void(const RegisterRow&)>& visit) const {
  Statement select(*database_,
                   std::string("SELECT ") + kRegisterColumns + " FROM register ORDER BY code");
  select.start();
  while (select.next()) visit(rowFrom(select));
}

}  // namespace sohoa
