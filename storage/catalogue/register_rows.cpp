#include "storage/catalogue/register_rows.h"

#include <algorithm>

#include "storage/catalogue/catalogue_sql.h"

namespace sohoa {
namespace {

constexpr std::size_t kColumns = 11;

std::optional<std::string> textOf(const std::optional<Day>& day) {
  if (!day) return std::nullopt;
  return isoDay(*day);
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

/// Parameters ?first … for a list.
std::string places(std::size_t first, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list += (i == 0 ? "?" : ", ?") + std::to_string(first + i);
  }
  return list;
}

std::string insertOf(std::size_t rows) {
  std::string sql =
      "INSERT INTO register (code, procedure_code, procedure_name, unit, received_on, "
      "resolved_on, medium, applicant, result_number, result_date, excluded_reason) VALUES ";
  for (std::size_t i = 0; i < rows; ++i) {
    sql += (i == 0 ? "(" : ", (") + places(i * kColumns + 1, kColumns) + ")";
  }
  return sql;
}

/// `rows` in pieces of at most `atOnce`.
void inPieces(const std::vector<const RegisterRow*>& rows, std::size_t atOnce, const auto& visit) {
  for (std::size_t from = 0; from < rows.size(); from += atOnce) {
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = std::min(atOnce, rows.size() - from);
    visit(std::vector<const RegisterRow*>(begin, begin + static_cast<std::ptrdiff_t>(count)));
  }
}

}  // namespace

// SQLite looks for each numbered parameter among all before it, and asks nobody else: one row at a
// time is what it does fastest. A server is asked as seldom as can be.
RegisterRows::RegisterRows(const Database& database)
    : database_(database), atOnce_(database.engine() == Engine::sqlite ? 1 : kAtOnce) {}

Statement& RegisterRows::prepared(const std::string& kind, std::size_t rows,
                                  const std::string& sql) {
  return statements_.try_emplace({kind, rows}, database_, sql).first->second;
}

template <class Visit>
void RegisterRows::select(std::string_view before, const std::vector<const RegisterRow*>& wanted,
                          const Visit& visit) {
  inPieces(wanted, atOnce_, [&](const std::vector<const RegisterRow*>& some) {
    const std::string kind(before);
    auto found = statements_.find({kind, some.size()});
    if (found == statements_.end()) {
      prepared(kind, some.size(), kind + " WHERE code IN (" + places(1, some.size()) + ")");
      found = statements_.find({kind, some.size()});
    }
    Statement& statement = found->second;
    statement.reset();
    int parameter = 0;
    for (const RegisterRow* row : some) statement.bind(parameter++, row->dossierCode);
    while (statement.next()) visit(statement);
    statement.reset();
  });
}

std::map<std::string, RegisterRow> RegisterRows::known(
    const std::vector<const RegisterRow*>& wanted) {
  std::map<std::string, RegisterRow> rows;
  static const std::string kSelect = std::string("SELECT ") + kRegisterColumns + " FROM register";
  select(kSelect, wanted, [&](const Statement& row) { rows.emplace(row.text(0), rowFrom(row)); });
  return rows;
}

std::set<std::string> RegisterRows::filed(const std::vector<const RegisterRow*>& wanted) {
  std::set<std::string> codes;
  select("SELECT code FROM dossier", wanted,
         [&](const Statement& row) { codes.insert(row.text(0)); });
  return codes;
}

void RegisterRows::insert(const std::vector<const RegisterRow*>& rows) {
  inPieces(rows, atOnce_, [&](const std::vector<const RegisterRow*>& some) {
    auto found = statements_.find({"insert", some.size()});
    Statement& statement = found != statements_.end()
                               ? found->second
                               : prepared("insert", some.size(), insertOf(some.size()));
    statement.reset();
    int at = 0;
    for (const RegisterRow* row : some) {
      forEachValue(*row, [&](const auto& value) { statement.bind(at++, value); });
    }
    while (statement.next()) {
    }
    statement.reset();
  });
}

void RegisterRows::update(const RegisterRow& row) {
  Statement& statement =
      prepared("update", 1,
               "UPDATE register SET procedure_code = ?2, procedure_name = ?3, unit = ?4, "
               "received_on = ?5, resolved_on = ?6, medium = ?7, applicant = ?8, "
               "result_number = ?9, result_date = ?10, excluded_reason = ?11 WHERE code = ?1");
  statement.reset();
  int at = 0;
  forEachValue(row, [&](const auto& value) { statement.bind(at++, value); });
  while (statement.next()) {
  }
  statement.reset();
}

void RegisterRows::markFiled(const std::string& code) {
  prepared("filed", 1,
           "UPDATE register SET filed = 1, counted = dossier.counted, pages = dossier.pages FROM "
           "dossier WHERE dossier.code = register.code AND register.code = ?1")
      .run(code);
}

}  // namespace sohoa
