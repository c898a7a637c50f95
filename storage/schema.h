#pragma once

#include "storage/sqlite.h"

namespace sohoa {

/// Version of the catalogue's schema that this program reads and writes (PRAGMA user_version).
int newestSchema();

/// Makes the schema in an empty file or brings an older one up, one version after another, each in
/// one transaction with its number. Throws BatchError(catalogueUnusable) for a file of another
/// program and for a newer schema.
void migrate(const Database& database);

}  // namespace sohoa
