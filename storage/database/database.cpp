#include "storage/database/database.h"

#include <chrono>
#include <thread>

namespace sohoa {

std::int64_t Database::integer(const std::string& sql) const {
  Statement statement(*this, sql);
  if (!statement.next()) fail(sql, "no row");
  return statement.integer(0);
}

void Database::fail(std::string_view doing, std::string_view why) const {
  throw BatchError(Cause::catalogueUnusable, name() + ": " + std::string(why) + " (" +
                                                 std::string(doing.substr(0, 120)) + ")");
}

DatabaseTransaction::DatabaseTransaction(const Database& database, Kind kind)
    : database_(database) {
  database_.begin(kind == Kind::write);
}

DatabaseTransaction::~DatabaseTransaction() {
  if (open_) database_.rollBack();
}

void DatabaseTransaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

void transact(const Database& database, const std::function<void()>& work) {
  constexpr int kAttempts = 10;
  for (int attempt = 1;; ++attempt) {
    try {
      DatabaseTransaction transaction(database);
      work();
      transaction.commit();
      return;
    } catch (const TransactionConflict&) {
      if (attempt == kAttempts) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(5 * attempt));
    }
  }
}

}  // namespace sohoa
