#include "storage/catalogue/text_index.h"

namespace sohoa {

std::unique_ptr<TextIndex> makeTextIndex(const Database& database) {
  return database.engine() == Engine::sqlite ? makeSqliteTextIndex(database)
                                             : makePostgresTextIndex(database);
}

std::uint64_t hashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace sohoa
