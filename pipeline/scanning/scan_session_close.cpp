#include <fmt/core.h>

#include <set>

#include "core/durable.h"
#include "pipeline/intake/manifest.h"
#include "pipeline/scanning/scan_session.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

ItemError problem(Cause cause, const std::string& item) { return {Stage::intake, cause, item, ""}; }

constexpr std::string_view kScanned = "batch.scanned";

}  // namespace

/// The manifest, in lines as sha512sum writes them, of pages that are unchanged on disk since they
/// were scanned.
Result<std::string> ScanSession::manifest() const {
  std::string lines;
  for (const ScanStack& stack : batch().stacks) {
    for (const auto& sheet : stack.sheets) {
      for (const ScannedFile& side : sheet.sides) {
        const fs::path file = folder() / stack.folder / side.name;
        std::error_code missing;
        if (fs::file_size(file, missing) != side.bytes || missing ||
            sha512OfFile(file) != side.sha512) {
          return problem(Cause::scanFileChanged, stack.folder + "/" + side.name);
        }
        lines += fmt::format("{}  {}/{}\n", side.sha512.hex(), stack.folder, side.name);
      }
    }
  }
  return lines;
}

/// Order: the journal (so that a batch that a nightly run has already taken in is known as closed),
/// the manifest, the ledger, `.done`, the journal again. Each step can be repeated.
Result<void> ScanSession::close() {
  if (const ScanStack* open = unfinished()) return problem(Cause::scanUnfinished, open->folder);
  if (batch().pages() == 0) return problem(Cause::scanNothing, name_);
  const bool begun = batch().state == ScanBatch::State::closing;
  if (begun && (fs::exists(folder() / kDoneName) || !fs::exists(folder()))) {
    journal_->state(ScanBatch::State::closed, person_, now());
    return {};
  }
  putAside();
  const auto lines = manifest();
  if (!lines) return lines.error();
  if (!begun) journal_->state(ScanBatch::State::closing, person_, now());
  writeFileDurably(folder() / kManifestName, *lines);
  const std::string digest = sha512(*lines).hex();
  Ledger ledger(site_.ledger());
  bool told = false;
  ledger.forEachWith(digest,
                     [&](const LedgerEntry& entry) { told = told || entry.action == kScanned; });
  if (!told) {
    std::set<std::string> devices;
    for (const ScanStack& stack : batch().stacks) devices.insert(stack.device);
    std::string device;
    for (const std::string& one : devices) device += (device.empty() ? "" : ", ") + one;
    ledger.append({0,
                   clock_.now(),
                   person_,
                   std::string(kScanned),
                   name_,
                   {{"batch", name_},
                    {"device", device},
                    {"pages", std::to_string(batch().pages())},
                    {"manifest", digest}},
                   {},
                   {}});
  }
  writeFileDurably(folder() / kDoneName, "");
  journal_->state(ScanBatch::State::closed, person_, now());
  return {};
}

}  // namespace sohoa
