#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/review/review_roles.h"
#include "pipeline/site/site.h"

namespace sohoa {

// Decisions of a person about a held dossier. `held` is the state that the person saw. Whoever may
// not decide by [roles] gets reviewRole or reviewScanner, and nothing is changed. Every decision is
// in the ledger, with person and reason, before the dossier changes. All functions throw
// BatchError.

/// Causes of a held dossier that cannot be accepted: the input must be replaced.
std::vector<Cause> notAcceptable(const HeldDossier& held);

/// Accepts the dossier; it is filed by the next run, or at once if the caller calls runNight.
/// Causes: reviewNotAcceptable, reviewRescanOpen.
Result<void> accept(const Site& site, HeldDossier held, const std::string& person,
                    const std::string& reason);

/// The result of keying in values.
struct KeyedValues {
  std::vector<std::string> settled;  ///< fields that now have their value
  /// fields waiting for a second person to key in the same value
  std::vector<std::string> waiting;
  /// those of `waiting` for which two persons keyed in different values
  std::vector<std::string> differs;
  bool files = false;  ///< nothing else holds the dossier: the next run files it
};
/// Keys in fields from the scans: name -> value. Each goes to the ledger with old and new value,
/// person and reason. With [review] double_keying a value counts once two persons have keyed in the
/// same. With roles, an approver then has to accept the dossier, unless an approver keyed the
/// values in. Cause reviewValue (its item names the field): nothing was changed.
Result<KeyedValues> correct(const Site& site, HeldDossier held,
                            const std::map<std::string, std::string>& values,
                            const std::string& person, const std::string& reason);

/// Moves the dossier to quarantine, and records the person's reason in ledger and catalogue.
Result<void> reject(const Site& site, const HeldDossier& held, const std::string& person,
                    const std::string& reason);

/// Writes a ledger entry about a held dossier. `at` is the time, to the second, used in all records
/// of the act.
void logReview(const Site& site, Time at, const HeldDossier& held, const std::string& person,
               const std::string& action, const std::string& reason,
               std::map<std::string, std::string> more = {});

}  // namespace sohoa
