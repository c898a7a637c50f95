#include "pipeline/site/trust_folder.h"

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/site/site_lock.h"
#include "signing/verify/verify.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr char kIntermediate[] = "intermediate";

fs::path folderOf(const Site& site, const std::string& purpose) {
  if (purpose == "signing") return site.trust() / TrustAnchors::kSigningFolder;
  if (purpose == "timestamping") return site.trust() / TrustAnchors::kTimestampingFolder;
  if (purpose == kIntermediate) return site.trust() / TrustAnchors::kIntermediateFolder;
  return site.trust();
}

void record(const Site& site, const char* action, const TrustEntry& entry,
            const std::string& actor) {
  LedgerEntry said;
  said.at = site.clock()->now();
  said.actor = actor;
  said.action = action;
  said.subject = entry.subject;
  said.details = {{"fingerprint", entry.fingerprint},
                  {"purpose", entry.purpose},
                  {"file", entry.file.string()}};
  Ledger(site.ledger()).append(std::move(said));
}

}  // namespace

std::vector<TrustEntry> listTrust(const Site& site) {
  std::vector<TrustEntry> all;
  for (const char* purpose : {"both", "signing", "timestamping", kIntermediate}) {
    const fs::path folder = folderOf(site, purpose);
    if (!fs::is_directory(folder)) continue;
    for (const TrustAnchors::Listed& each : TrustAnchors::list(folder)) {
      all.push_back({each.file.lexically_relative(site.trust()), purpose, each.subject,
                     each.fingerprint, isoUtc(each.notAfter).substr(0, 10)});
    }
  }
  return all;
}

std::vector<TrustEntry> addTrust(const Site& site, const fs::path& file, const std::string& purpose,
                                 const std::string& actor) {
  const SiteLock lock(site);
  const std::vector<TrustEntry> known = listTrust(site);
  std::vector<TrustEntry> added;
  for (const TrustAnchors::Listed& each : TrustAnchors::listFile(file)) {
    // An intermediate's root decides whether it is trusted, and may take it back.
    const std::string role = each.selfIssued ? purpose : kIntermediate;
    const fs::path folder = folderOf(site, role);
    const bool there = std::any_of(known.begin(), known.end(), [&](const TrustEntry& entry) {
      return entry.fingerprint == each.fingerprint && entry.purpose == role;
    });
    if (there) continue;
    createFoldersDurably(folder);
    const fs::path place = folder / (each.fingerprint.substr(0, 32) + ".pem");
    TrustEntry entry{place.lexically_relative(site.trust()), role, each.subject, each.fingerprint,
                     isoUtc(each.notAfter).substr(0, 10)};
    // Ledger first: no anchor may exist that is not recorded.
    record(site, "trust.added", entry, actor);
    writeFileDurably(place, each.pem);
    added.push_back(std::move(entry));
  }
  return added;
}

std::vector<TrustEntry> removeTrust(const Site& site, const std::string& which,
                                    const std::string& actor) {
  const SiteLock lock(site);
  constexpr std::size_t kShortest = 8;
  std::vector<TrustEntry> removed;
  for (const TrustEntry& entry : listTrust(site)) {
    const bool meant = entry.file == which || entry.file.filename() == which ||
                       (which.size() >= kShortest && entry.fingerprint.starts_with(which));
    if (!meant) continue;
    const auto inOneFile = TrustAnchors::listFile(site.trust() / entry.file).size();
    if (inOneFile > 1) {
      throw BatchError(Cause::siteConfig, entry.file.string() + ": holds several certificates");
    }
    fs::remove(site.trust() / entry.file);
    syncFolder((site.trust() / entry.file).parent_path());
    record(site, "trust.removed", entry, actor);
    removed.push_back(entry);
  }
  return removed;
}

}  // namespace sohoa
