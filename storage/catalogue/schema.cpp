#include "storage/catalogue/schema.h"

namespace sohoa {
namespace {

constexpr int kNewest = 9;

void requireKnown(const Database& database, int version) {
  if (version > kNewest) {
    database.fail("open", "the catalogue has schema " + std::to_string(version) +
                              ", written by a newer sohoa; this one knows up to " +
                              std::to_string(kNewest));
  }
}

}  // namespace

int newestSchema() { return kNewest; }

void migrate(const Database& database) {
  const SchemaHistory history =
      database.engine() == Engine::sqlite ? sqliteHistory() : postgresHistory();
  int version = history.version(database);
  requireKnown(database, version);
  if (version == kNewest) return;
  transact(database, [&] {
    // Another process may have been faster.
    version = history.lockedVersion(database);
    requireKnown(database, version);
    while (version < kNewest) version = history.step(database, version);
  });
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace sohoa
