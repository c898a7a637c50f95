#include "pipeline/review/review_roles.h"

#include <algorithm>

#include "core/durable.h"

namespace sohoa {
namespace {

bool isIn(const std::vector<std::string>& persons, const std::string& person) {
  return std::find(persons.begin(), persons.end(), person) != persons.end();
}

ItemError refusal(Cause cause, const HeldDossier& held, const std::string& person) {
  return {Stage::gate, cause, held.code, person};
}

}  // namespace

std::vector<std::string> scannersOf(const Site& site, const std::string& batch) {
  const auto record = site.batches() / (batch + ".json");
  if (!std::filesystem::exists(record)) return {};
  return batchFromJson(readFile(record)).scannedBy;
}

Result<void> mayAct(const Site& site, const HeldDossier& held, const std::string& person,
                    ReviewAct act) {
  const Config& config = site.config();
  if (config.roles.scan.empty() && config.roles.key.empty() && config.roles.approve.empty())
    return {};
  const bool approves = isIn(config.roles.approve, person);
  const bool keys = approves || isIn(config.roles.key, person);
  const bool sends = keys || isIn(config.roles.scan, person);
  const bool has = act == ReviewAct::approve ? approves : act == ReviewAct::key ? keys : sends;
  if (!has) return refusal(Cause::reviewRole, held, person);
  if (act == ReviewAct::approve && isIn(scannersOf(site, held.batch), person)) {
    return refusal(Cause::reviewScanner, held, person);
  }
  return {};
}

}  // namespace sohoa
