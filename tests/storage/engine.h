#pragma once

#include <filesystem>
#include <memory>

#include "storage/catalogue/catalogue_store.h"
#include "storage/database/database.h"
#include "tests/support/postgres_server.h"

namespace sohoa::test {

/// The tests of the catalogue run on both engines: on SQLite, or, with SOHOA_TEST_ENGINE=postgres
/// in the environment, on a PostgreSQL server that starts with the first use and ends with the
/// process.
bool onPostgres();
/// A catalogue; `file` names it on either engine.
std::unique_ptr<Catalogue> openCatalogue(const std::filesystem::path& file);
CatalogueStore storeAt(const std::filesystem::path& file);
std::unique_ptr<Database> openDatabase(const std::filesystem::path& file);
PostgresServer& postgresServer();

}  // namespace sohoa::test
