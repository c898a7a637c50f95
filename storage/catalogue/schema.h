#pragma once

#include "storage/database/database.h"

namespace sohoa {

/// Version of the catalogue's schema that this program reads and writes.
int newestSchema();

/// Makes the schema in an empty database or brings an older one up, one version after another,
/// all in one transaction with the number. Throws BatchError(catalogueUnusable) for a database of
/// another program and for a newer schema.
void migrate(const Database& database);

/// The steps of one engine: schema_sqlite.cpp and schema_postgres.cpp.
struct SchemaHistory {
  /// Its version, 0 when it is empty. Throws when it is neither empty nor ours.
  int (*version)(const Database&);
  /// The same in a transaction, to whose end no other process migrates.
  int (*lockedVersion)(const Database&);
  /// Brings version `from` to the next one, which is returned.
  int (*step)(const Database&, int from);
};
SchemaHistory sqliteHistory();
/// From version 2 to 3, on both: until when a result has force stands beside it and in the index.
void addTerms(const Database& database);
SchemaHistory postgresHistory();
/// All pages into an empty search index. `until`: SQL for the end of a result's force.
void indexPages(const Database& database, const std::string& until);

/// Both engines' fourth version: what a document is in its dossier. Older ones are all results.
inline constexpr char kDocumentKinds[] =
    "ALTER TABLE document ADD COLUMN kind TEXT NOT NULL DEFAULT 'result'";

/// Both engines' sixth version: jobs that are free and jobs that are held under indexes of their
/// own.
inline constexpr char kQueueHalves[] =
    "DROP INDEX job_order; DROP INDEX job_by_group; "
    "CREATE INDEX job_free ON job (kind, rank, name) WHERE holder = ''; "
    "CREATE INDEX job_held ON job (kind, expires) WHERE holder <> ''; "
    "CREATE INDEX job_by_group ON job (kind, work_group) WHERE holder <> ''";

/// From version 7 to 8, on both: fills the sums by month, month_{g}, from those by day.
inline constexpr char kFillMonths[] =
    "INSERT INTO month_{g} SELECT substr(day, 1, 7), {g}, sum(received), sum(received_paper), "
    "sum(resolved), sum(digitised), sum(digitised_paper), sum(filed_not_counted), sum(pages) "
    "FROM tally_{g} GROUP BY 1, 2;";

/// `text` with every `what` as `with`.
std::string replaced(std::string text, std::string_view what, std::string_view with);

}  // namespace sohoa
