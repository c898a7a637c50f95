#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A filed result (kết quả TTHC) with code `<dossier code>-KQ<n>` (NĐ 45/2020/NĐ-CP, Art 14.3), and
/// its dossier.
struct FiledResult {
  DossierRecord record;  ///< newest version
  std::size_t document = 0;
  int version = 0;
  const DocumentRecord& result() const { return record.documents.at(document); }
};
/// Finds a result by its own code, or by the code of a dossier that has exactly one result. Returns
/// nothing when there is none, or several. Throws BatchError(repositoryDamaged).
std::optional<FiledResult> findResult(const Site& site, const std::string& code);

/// A person's decision about a result. Members that are not set stay unchanged.
struct ResultChange {
  std::optional<ResultState> state;
  std::optional<Day> from, until;
  std::string replacedBy;  ///< with state `replaced`: the code of a filed result
  std::optional<std::string> retention, access;  ///< of the whole dossier
  std::map<std::string, std::string> keyed;      ///< fields of the document, canonical values
  std::string person, reason;
};

struct ResultChanged {
  std::string result;
  int version = 0;
  bool changed = false;  ///< false: already so
  ResultStatus status;
};

/// Commits a new version of the dossier in which only metadata.json differs, then updates the
/// catalogue row, then writes the ledger entries `result.<state>`, `result.term`,
/// `dossier.classified`, `review.corrected` or `dossier.counted` with old and new value and reason.
/// A call that was killed at any point is completed by the next. Takes the site's lock. Throws
/// BatchError.
ResultChanged changeResult(const Site& site, const FiledResult& filed, const ResultChange& change);

/// Copies into `now` what persons decided about the results, retention and access of a dossier that
/// is filed again.
void keepStanding(const DossierRecord& before, DossierRecord& now);

/// Differences between two records in the form of ledger entries ("old", "new" and so on). Used for
/// entries and by tests.
struct StandingDifference {
  std::string action, subject;
  std::map<std::string, std::string> details;
};
std::vector<StandingDifference> standingDifferences(const DossierRecord& before,
                                                    const DossierRecord& now);

}  // namespace sohoa
