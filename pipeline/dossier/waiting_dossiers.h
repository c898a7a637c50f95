#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A dossier that is read and packaged, and waits for a server outside (a timestamp authority, a
/// revocation service). Its scans stay where they are, so that the next run tries again; the marker
/// waiting.json among its work files is for people only.
struct WaitingDossier {
  std::string batch, folder, code;
  std::string cause, detail;
  Time since{};
};

void markWaiting(const std::filesystem::path& work, const WaitingDossier& dossier);
/// The time since which it has been waiting, or `now`.
Time waitingSince(const std::filesystem::path& work, Time now);
void unmarkWaiting(const std::filesystem::path& work);
/// By batch and folder.
std::vector<WaitingDossier> listWaiting(const Site& site);

}  // namespace sohoa
