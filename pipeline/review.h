#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/shelves.h"
#include "pipeline/site.h"

namespace sohoa {

/// Causes of a held dossier that no acceptance can make good: what is missing must come anew.
std::vector<Cause> notAcceptable(const HeldDossier& held);

/// Records that a person lets the dossier pass, in held.json and in the ledger; the next run (or the
/// caller at once, through runNight) files it. Throws BatchError.
void accept(const Site& site, HeldDossier held, const std::string& person, const std::string& reason);

/// Fields that a person keys in from the scans: name -> value. Each goes to the ledger with the old and
/// the new value, who and why; the dossier files itself with the next run once nothing else holds it.
/// The name of a field that is none, or whose value is not of its kind, is returned and nothing done.
std::optional<std::string> correct(const Site& site, HeldDossier held,
                                   const std::map<std::string, std::string>& values,
                                   const std::string& person, const std::string& reason);

/// Moves the dossier to quarantine, with the person's reason, in the ledger and the catalogue.
void reject(const Site& site, const HeldDossier& held, const std::string& person,
            const std::string& reason);

}  // namespace sohoa
