#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

enum class ReviewAct {
  approve,  ///< accept a dossier
  key,      ///< key in values
  send,     ///< reject, request a rescan, bring the rescanned page
};

/// Who scanned a batch, according to its record.
std::vector<std::string> scannersOf(const Site& site, const std::string& batch);

/// Whether a person may perform an act on a held dossier, by section [roles] of sohoa.toml. Without
/// roles everybody may. Approvers may also key in; everybody with a role may send. Causes:
/// reviewRole; reviewScanner for an approval by the person who scanned the dossier.
Result<void> mayAct(const Site& site, const HeldDossier& held, const std::string& person,
                    ReviewAct act);

}  // namespace sohoa
