#include "storage/catalogue/catalogue_store.h"

#include <unistd.h>

#include "core/durable.h"
#include "storage/database/database.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

void removeWithLogs(const fs::path& file) {
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.native() + suffix);
}

/// <file>.<process>.new, then <file>; what was there becomes <file>.old.
class SqliteDraft final : public CatalogueDraft {
 public:
  explicit SqliteDraft(fs::path file)
      : file_(std::move(file)), fresh_(file_.native() + "." + std::to_string(::getpid()) + ".new") {
    removeWithLogs(fresh_);
  }
  ~SqliteDraft() override {
    catalogue_.reset();
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(fresh_.native() + suffix, ignored);
  }
  SqliteDraft(const SqliteDraft&) = delete;
  SqliteDraft& operator=(const SqliteDraft&) = delete;
  Catalogue& catalogue() override {
    if (!catalogue_) catalogue_ = openSqliteCatalogue(fresh_);
    return *catalogue_;
  }
  void rest() override { catalogue_.reset(); }
  void adopt() override {
    catalogue();
    catalogue_.reset();
    const fs::path old = file_.native() + ".old";
    if (fs::exists(file_)) {
      removeWithLogs(old);
      renameDurably(file_, old);
      removeWithLogs(file_);  // its logs belong to the old file
    }
    renameDurably(fresh_, file_);
  }

 private:
  fs::path file_, fresh_;
  std::unique_ptr<Catalogue> catalogue_;
};

/// Schema sohoa_draft_<process>, then sohoa; what was there becomes sohoa_old.
class PostgresDraft final : public CatalogueDraft {
 public:
  explicit PostgresDraft(const std::string& address)
      : address_(address),
        database_(openPostgres(address)),
        schema_("sohoa_draft_" + std::to_string(::getpid())) {
    database_->execute("DROP SCHEMA IF EXISTS " + schema_ + " CASCADE");
  }
  ~PostgresDraft() override {
    catalogue_.reset();
    try {
      database_->execute("DROP SCHEMA IF EXISTS " + schema_ + " CASCADE");
    } catch (...) {  // the next draft of a process of this number removes it
    }
  }
  PostgresDraft(const PostgresDraft&) = delete;
  PostgresDraft& operator=(const PostgresDraft&) = delete;
  Catalogue& catalogue() override {
    if (!catalogue_) catalogue_ = openPostgresCatalogue(address_, schema_);
    return *catalogue_;
  }
  void rest() override { catalogue_.reset(); }
  void adopt() override {
    catalogue();
    catalogue_.reset();
    transact(*database_, [&] {
      database_->execute(
          "DROP SCHEMA IF EXISTS sohoa_old CASCADE; "
          "ALTER SCHEMA sohoa RENAME TO sohoa_old; ALTER SCHEMA " +
          schema_ + " RENAME TO sohoa");
    });
  }

 private:
  std::string address_;
  std::unique_ptr<Database> database_;
  std::string schema_;
  std::unique_ptr<Catalogue> catalogue_;
};

}  // namespace

std::string CatalogueStore::name() const {
  return shared() ? openPostgres(address_)->name() : file_.string();
}

bool CatalogueStore::exists() const {
  if (!shared()) return fs::exists(file_);
  return openPostgres(address_)->integer(
             "SELECT count(*) FROM pg_namespace WHERE nspname = 'sohoa'") != 0;
}

std::unique_ptr<Catalogue> CatalogueStore::open() const {
  return shared() ? openPostgresCatalogue(address_) : openSqliteCatalogue(file_);
}

std::unique_ptr<CatalogueDraft> CatalogueStore::draft() const {
  if (!shared()) return std::make_unique<SqliteDraft>(file_);
  openPostgresCatalogue(address_);  // adopting needs one to put aside
  return std::make_unique<PostgresDraft>(address_);
}

}  // namespace sohoa
