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

// What a person decides about a held dossier. `held` is as it was when the person looked at it. Who
// may not do it by [roles] is told so (reviewRole, reviewScanner), and nothing is done. Each is in
// the ledger with who and why before the dossier changes. All throw BatchError.

/// Causes of a held dossier that no acceptance can make good: what is missing must come anew.
std::vector<Cause> notAcceptable(const HeldDossier& held);

/// Lets the dossier pass; the next run (or the caller at once, through runNight) files it. Causes:
/// reviewNotAcceptable, reviewRescanOpen.
Result<void> accept(const Site& site, HeldDossier held, const std::string& person,
                    const std::string& reason);

/// What became of values that were keyed in.
struct KeyedValues {
  std::vector<std::string> settled;  ///< fields that have their value now
  std::vector<std::string> waiting;  ///< for a second person who keys in the same
  std::vector<std::string> differs;  ///< of those waiting: two persons keyed in two values
  bool files = false;  ///< the dossier files itself with the next run: nothing else holds it
};
/// Fields that a person keys in from the scans: name -> value. Each goes to the ledger with the old
/// and the new value, who and why. Where the site asks for it ([review] double_keying) a value
/// counts once two persons have keyed in the same. With roles, an approver has to accept the
/// dossier then, unless it was one who keyed in. Cause reviewValue (its item names the field):
/// nothing was done.
Result<KeyedValues> correct(const Site& site, HeldDossier held,
                            const std::map<std::string, std::string>& values,
                            const std::string& person, const std::string& reason);

/// Moves the dossier to quarantine, with the person's reason, in the ledger and the catalogue.
Result<void> reject(const Site& site, const HeldDossier& held, const std::string& person,
                    const std::string& reason);

/// A ledger entry about a held dossier; `at` is what else tells of the act says, to the second.
void logReview(const Site& site, Time at, const HeldDossier& held, const std::string& person,
               const std::string& action, const std::string& reason,
               std::map<std::string, std::string> more = {});

}  // namespace sohoa
