#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

enum class ReviewAct {
  approve,  ///< let a dossier pass
  key,      ///< key in values
  send,     ///< reject, ask for a page again, bring it
};

/// Who scanned a batch, as its record says.
std::vector<std::string> scannersOf(const Site& site, const std::string& batch);

/// Whether a person may do that to a held dossier, by section [roles] of sohoa.toml: without roles
/// everybody may. Approvers also key in; everybody with a role sends. Causes: reviewRole, and
/// reviewScanner for an approval by who scanned the dossier.
Result<void> mayAct(const Site& site, const HeldDossier& held, const std::string& person,
                    ReviewAct act);

}  // namespace sohoa
