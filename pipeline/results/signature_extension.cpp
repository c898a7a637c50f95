#include "pipeline/results/signature_extension.h"

#include <fmt/core.h>

#include "core/durable.h"
#include "core/record.h"
#include "pipeline/common/file_names.h"
#include "pipeline/site/site_lock.h"
#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kActor = "sohoa extend";

/// Work files of one extension; removed with the object.
struct WorkFolder {
  fs::path path;
  explicit WorkFolder(const Site& site, const std::string& code)
      : path(site.work() / ("extend-" + code)) {
    fs::remove_all(path);
    createFoldersDurably(path);
  }
  ~WorkFolder() {
    std::error_code error;
    fs::remove_all(path, error);
  }
};

/// The new file must pass verification and reach the level before it replaces anything.
Result<void> judge(const fs::path& file, const SiteServices& services, Time now,
                   SignatureLevel level, DocumentRecord& document) {
  VerificationOptions options;
  options.at = options.now = now;
  if (level < SignatureLevel::bLT) {
    options.revocation = VerificationOptions::Revocation::available;
  }
  const VerificationReport report = verifyPdf(file, *services.get().anchors, options);
  document.verdict = nameOf(report.overall());
  const bool holds = report.overall() == Indication::totalPassed;
  if (!holds || report.signatures.empty()) {
    return ItemError{Stage::verification, Cause::signatureNotVerified, document.code,
                     report.signatures.empty() || report.signatures.front().findings.empty()
                         ? document.verdict
                         : report.signatures.front().findings.front()};
  }
  const std::string& reached = report.signatures.front().level;
  if (levelFromName(reached).value_or(SignatureLevel::bB) < level) {
    return ItemError{Stage::verification, Cause::signatureNotVerified, document.code, reached};
  }
  if (document.signature) document.signature->level = "PAdES " + reached;
  document.sha512 = sha512OfFile(file);
  document.bytes = fs::file_size(file);
  return {};
}

}  // namespace

Result<int> extendDossier(const Site& site, const SiteServices& services, const std::string& code,
                          SignatureLevel level) {
  const SiteLock lock(site);
  const auto clock = site.clock();
  Repository repository = Repository::open(site.repository());
  const DossierObject object(repository, code);
  const std::string& objectId = object.id();
  auto found = object.record();
  if (!found) return ItemError{Stage::filing, Cause::dossierUnknown, code, ""};
  DossierRecord& record = *found;
  const int head = object.head();

  const WorkFolder work(site, code);
  std::map<std::string, fs::path> extended;  // logical path -> file
  ExtensionRequest request;
  request.level = level;
  request.at = clock->now();
  request.digest = site.config().signing.digest;
  request.sync = false;  // the commit copies it durably
  for (DocumentRecord& document : record.documents) {
    if (!document.signature) continue;
    const auto file = repository.find(objectId, document.file);
    if (!file) throw BatchError(Cause::repositoryDamaged, objectId + " " + document.file);
    const fs::path out = work.path / (document.code + ".pdf");
    if (auto done = extendPdf(*file, out, request, services.get()); !done) return done.error();
    if (auto good = judge(out, services, clock->now(), level, document); !good) return good.error();
    extended[document.file] = out;
  }
  if (extended.empty()) {
    return ItemError{Stage::signing, Cause::documentNotSigned, code, "no document is signed"};
  }

  VersionInfo info;
  info.created = clock->now();
  info.message = fmt::format("sohoa {}: extended to {}", SOHOA_VERSION, nameOf(level));
  info.userName = site.config().agency;
  info.userAddress = "urn:sohoa:site";
  const int version = object.commit(repository, head, record, extended, info);
  site.catalogue().open()->recordFiled(record, version, object.texts(record));
  LedgerEntry entry;
  entry.at = clock->now();
  entry.actor = kActor;
  entry.action = "dossier.extended";
  entry.subject = code;
  entry.details = {{"object", objectId},
                   {"version", std::to_string(version)},
                   {"level", std::string(nameOf(level))},
                   {"inventory", repository.inventoryDigest(objectId, version).hex()}};
  for (const DocumentRecord& document : record.documents) {
    entry.details[document.file] = document.sha512.hex();
  }
  Ledger(site.ledger()).append(std::move(entry));
  return version;
}

void forEachDue(const Site& site, const SiteServices& services, Time before,
                const std::function<bool(const DueDocument&)>& visit,
                const std::function<void(const ItemError&)>& unreadable) {
  const Time now = site.clock()->now();
  const Repository repository = Repository::open(site.repository());
  bool goOn = true;
  const auto look = [&](const std::string& objectId) {
    if (!goOn || !objectId.starts_with(kDossierObjectPrefix)) return;
    const auto metadata = repository.find(objectId, std::string(kRecordFile));
    if (!metadata) return;
    const DossierRecord record = readRecord(*metadata);
    for (const DocumentRecord& document : record.documents) {
      if (!document.signature) continue;
      const auto file = repository.find(objectId, document.file);
      if (!file) continue;  // reported by the audit
      const auto protection = protectionOf(*file, *services.get().anchors, now);
      if (!protection) {
        unreadable(protection.error());
        continue;
      }
      if (!protection->dueBefore(before)) continue;
      goOn = visit({record.code, document.code, *protection});
      return;  // a dossier is extended as a whole
    }
  };
  repository.forEach(look, [&](const fs::path& object, const std::string& why) {
    unreadable({Stage::verification, Cause::fileUnreadable, object.string(), why});
  });
}

}  // namespace sohoa
