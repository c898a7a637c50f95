#include "tests/storage/engine.h"

#include <fmt/core.h>

#include <cstdlib>
#include <optional>
#include <string_view>

#include "storage/catalogue/text_index.h"

namespace sohoa::test {
namespace {

std::string addressOf(const std::filesystem::path& file) {
  return postgresServer().database(fmt::format("t{:016x}", hashOf(file.string())));
}

}  // namespace

bool onPostgres() {
  const char* engine = std::getenv("SOHOA_TEST_ENGINE");
  return engine != nullptr && std::string_view(engine) == "postgres";
}

PostgresServer& postgresServer() {
  static PostgresServer server;
  return server;
}

std::unique_ptr<Catalogue> openCatalogue(const std::filesystem::path& file) {
  return onPostgres() ? openPostgresCatalogue(addressOf(file)) : openSqliteCatalogue(file);
}

CatalogueStore storeAt(const std::filesystem::path& file) {
  return {onPostgres() ? addressOf(file) : std::string(), file};
}

std::unique_ptr<Database> openDatabase(const std::filesystem::path& file) {
  return onPostgres() ? openPostgres(addressOf(file)) : openSqlite(file.string());
}

}  // namespace sohoa::test
