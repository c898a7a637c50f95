#include "pipeline/dossier/waiting_dossiers.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "core/durable.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kMarker = "waiting.json";

std::optional<WaitingDossier> read(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  try {
    const json from = parseJson(readFile(file));
    WaitingDossier dossier;
    dossier.batch = from.at("batch");
    dossier.folder = from.at("folder");
    dossier.code = from.at("code");
    dossier.cause = from.at("cause");
    dossier.detail = from.at("detail");
    dossier.since = parseIsoTime(from.at("since").get<std::string>()).value_or(Time{});
    return dossier;
  } catch (const json::exception&) {
    return std::nullopt;  // the file is only informative; the next run rewrites it
  } catch (const fs::filesystem_error&) {
    return std::nullopt;  // just filed
  }
}

}  // namespace

void markWaiting(const fs::path& work, const WaitingDossier& dossier) {
  createFoldersDurably(work);
  const json to = {{"batch", dossier.batch},   {"folder", dossier.folder},
                   {"code", dossier.code},     {"cause", dossier.cause},
                   {"detail", dossier.detail}, {"since", isoUtc(dossier.since)}};
  writeFileDurably(work / kMarker, jsonTextReplacing(to, 1) + "\n");
}

Time waitingSince(const fs::path& work, Time now) {
  const auto before = read(work / kMarker);
  return before ? before->since : now;
}

void unmarkWaiting(const fs::path& work) {
  std::error_code error;
  fs::remove(work / kMarker, error);
}

std::vector<WaitingDossier> listWaiting(const Site& site) {
  std::vector<WaitingDossier> waiting;
  const auto each = [](const fs::path& folder, const auto& visit) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      visit(at->path());
    }
  };
  const auto add = [&](const fs::path& work) {
    if (auto dossier = read(work / kMarker)) waiting.push_back(*std::move(dossier));
  };
  each(site.work(), [&](const fs::path& batch) { each(batch, add); });
  each(site.review(), add);
  std::sort(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) {
    return std::tie(a.batch, a.folder) < std::tie(b.batch, b.folder);
  });
  return waiting;
}

}  // namespace sohoa
