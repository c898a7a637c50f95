#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/record.h"
#include "storage/database/database.h"

namespace sohoa {

/// The rows of table `register` as an import asks for and writes them: many at a time where a
/// server answers, one by one where the engine is in the process. Its statements are made once.
class RegisterRows {
 public:
  explicit RegisterRows(const Database& database);
  /// Rows that are worth being taken together.
  static constexpr std::size_t kAtOnce = 500;

  /// Of these codes, at most kAtOnce, what is in the table.
  std::map<std::string, RegisterRow> known(const std::vector<const RegisterRow*>& wanted);
  /// … and which of them is a filed dossier.
  std::set<std::string> filed(const std::vector<const RegisterRow*>& wanted);
  /// Rows whose codes are not in the table.
  void insert(const std::vector<const RegisterRow*>& rows);
  void update(const RegisterRow& row);
  /// A row that was inserted belongs to a dossier that is filed already.
  void markFiled(const std::string& code);

 private:
  template <class Visit>
  void select(std::string_view before, const std::vector<const RegisterRow*>& wanted,
              const Visit& visit);
  /// The statement of that kind for a given number of rows.
  Statement& prepared(const std::string& kind, std::size_t rows, const std::string& sql);

  const Database& database_;
  std::size_t atOnce_;
  std::map<std::pair<std::string, std::size_t>, Statement> statements_;
};

}  // namespace sohoa
