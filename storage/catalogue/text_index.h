#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/database/database.h"
#include "storage/text/search_query.h"

namespace sohoa {

/// The search index of the catalogue's pages: FTS5 or tsvector, over words that our own code has
/// folded, so that both engines find the same.
class TextIndex {
 public:
  virtual ~TextIndex() = default;
  /// `words` as foldText() gives them, `filters` as filterMarks() does.
  virtual void add(std::int64_t page, const std::string& words, const std::string& filters) = 0;
  /// With just what was added: an index need not keep it.
  virtual void remove(std::int64_t page, const std::string& words, const std::string& filters) = 0;
  /// Pages that have every term and, of each list of marks, at least one; older than page
  /// `before`, newest first.
  virtual std::vector<std::int64_t> find(const std::vector<QueryTerm>& terms,
                                         const std::vector<std::vector<std::string>>& marks,
                                         int limit, std::int64_t before) = 0;
  /// Page -> fingerprint of what the index holds for it.
  virtual std::unordered_map<std::int64_t, std::uint64_t> fingerprints() = 0;
};

std::unique_ptr<TextIndex> makeTextIndex(const Database& database);
std::unique_ptr<TextIndex> makeSqliteTextIndex(const Database& database);
std::unique_ptr<TextIndex> makePostgresTextIndex(const Database& database);

/// FNV-1a; not against malice: to compare two catalogues of our own, and for short marks.
std::uint64_t hashOf(std::string_view text);

}  // namespace sohoa
