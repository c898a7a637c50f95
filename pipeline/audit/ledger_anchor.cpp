#include "pipeline/audit/ledger_anchor.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "pipeline/site/signing_services.h"
#include "signing/pades/detached_cms.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kAnchored = "ledger.anchored";
constexpr int kFormat = 1;

fs::path fileOf(const Site& site, std::uint64_t entries) {
  return site.anchors() / fmt::format("{:012}.json", entries);
}

/// The existing statements, sorted by name and thus by length of the chain.
std::vector<fs::path> anchorFiles(const Site& site) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(site.anchors(), error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() == ".json") files.push_back(at->path());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw BatchError(Cause::diskError, site.anchors().string() + ": " + error.message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Records the anchor in the ledger, so that a removed anchor is noticed.
void recordAnchor(Ledger& ledger, const fs::path& file, const std::string& statement,
                  const Anchor& anchor) {
  LedgerEntry entry;
  entry.at = anchor.at;
  entry.actor = "sohoa";
  entry.action = kAnchored;
  entry.subject = file.filename().string();
  entry.details = {{"sha512", sha512(statement).hex()}};
  ledger.append(std::move(entry));
}

/// Serialises hosts that finish a night at the same time.
class AnchorLock {
 public:
  explicit AnchorLock(const Site& site) {
    const fs::path file = site.state() / "anchors.lock";
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0) throw BatchError(Cause::diskError, file.string());
    while (::flock(fd_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      ::close(fd_);
      throw BatchError(Cause::diskError, file.string());
    }
  }
  ~AnchorLock() { ::close(fd_); }
  AnchorLock(const AnchorLock&) = delete;
  AnchorLock& operator=(const AnchorLock&) = delete;

 private:
  int fd_ = -1;
};

std::string readIfThere(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) ? readFile(file) : std::string();
}

}  // namespace

std::string toJson(const Anchor& anchor) {
  return jsonText(json{{"format", kFormat},
                       {"entries", anchor.entries},
                       {"hash", anchor.hash.hex()},
                       {"at", isoUtc(anchor.at)},
                       {"agency", anchor.agency},
                       {"previous", anchor.previous.hex()}}) +
         "\n";
}

std::optional<Anchor> anchorFromJson(const std::string& bytes) try {
  const json value = parseJson(bytes);
  const auto hash = Sha512::fromHex(value.at("hash").get<std::string>());
  const auto previous = Sha512::fromHex(value.at("previous").get<std::string>());
  const auto at = parseIsoTime(value.at("at").get<std::string>());
  if (value.at("format") != kFormat || !hash || !previous || !at) return std::nullopt;
  return Anchor{value.at("entries").get<std::uint64_t>(), *hash, *at,
                value.at("agency").get<std::string>(), *previous};
} catch (const json::exception&) {
  return std::nullopt;
}

Timestamper timestamperOf(const SiteServices& services) {
  TimestampClient* client = services.get().timestamps;
  if (client == nullptr) return {};
  return [client](const std::string& bytes) -> std::optional<std::string> {
    const auto digest = sha256(bytes).bytes;
    auto token = client->stamp(SignatureDigest::sha256, std::string(digest.begin(), digest.end()));
    if (!token) return std::nullopt;
    return std::move(*token);
  };
}

std::optional<Anchor> makeAnchor(const Site& site, const SigningKey& key, const Clock& clock,
                                 bool always, const Timestamper& timestamper) {
  const AnchorLock turn(site);
  Ledger ledger(site.ledger());
  const auto last = ledger.last();
  if (!last || last->action == kAnchored) return std::nullopt;  // nothing new since
  Anchor anchor{last->sequence, last->hash, clock.now(), site.config().agency, {}};
  if (const auto files = anchorFiles(site); !files.empty()) {
    const std::string before = readFile(files.back());
    const auto newest = anchorFromJson(before);
    if (newest && newest->entries == last->sequence && newest->hash == last->hash) {
      // A kill came between the statement and its entry.
      recordAnchor(ledger, files.back(), before, *newest);
      return newest;
    }
    if (!always && newest && vietnamDay(newest->at) == vietnamDay(anchor.at)) return std::nullopt;
    anchor.previous = sha512(before);
  }
  createFoldersDurably(site.anchors());
  const fs::path file = fileOf(site, anchor.entries);
  const std::string statement = toJson(anchor), cms = signDetached(key, statement);
  writeFileDurably(file.native() + ".p7s", cms);
  if (timestamper) {
    if (const auto token = timestamper(cms)) writeFileDurably(file.native() + ".p7s.tst", *token);
  }
  writeFileDurably(file, statement);  // last: the statement makes the anchor exist
  recordAnchor(ledger, file, statement, anchor);
  return anchor;
}

AnchorCheck::AnchorCheck(const Site& site, const TrustAnchors& trust) {
  Sha512 previous{};
  for (const fs::path& file : anchorFiles(site)) {
    const std::string name = "anchors/" + file.filename().string();
    const std::string statement = readFile(file);
    const auto anchor = anchorFromJson(statement);
    if (!anchor || file.filename() != fileOf(site, anchor->entries).filename()) {
      problems_.push_back({name, "is no statement about the ledger"});
      continue;
    }
    const DetachedReport report =
        verifyDetached(readIfThere(file.native() + ".p7s"), statement, trust, anchor->at);
    if (!report.intact) problems_.push_back({name, "its signature does not hold"});
    if (report.intact && !report.trusted)
      problems_.push_back({name, "its signer is not trusted by this site"});
    if (anchor->previous != previous) {
      problems_.push_back(
          {name, "does not follow the anchor before it: one is missing or was changed"});
    }
    previous = sha512(statement);
    anchors_.emplace(anchor->entries, *anchor);
  }
}

void AnchorCheck::see(const LedgerEntry& entry) {
  if (const auto anchor = anchors_.find(entry.sequence); anchor != anchors_.end()) {
    if (anchor->second.hash != entry.hash) {
      problems_.push_back({fmt::format("entry {}", entry.sequence),
                           "is not the entry that was anchored: the ledger was written anew"});
    }
  }
  if (entry.action != kAnchored) return;
  const auto hash = entry.details.find("sha512");
  const auto anchor = anchors_.find(std::strtoull(entry.subject.c_str(), nullptr, 10));
  if (anchor == anchors_.end()) {
    problems_.push_back({"anchors/" + entry.subject, "is named in the ledger but missing"});
  } else if (hash == entry.details.end() || sha512(toJson(anchor->second)).hex() != hash->second) {
    problems_.push_back({"anchors/" + entry.subject, "is another statement than the ledger names"});
  }
}

std::vector<AnchorCheck::Problem> AnchorCheck::finish(std::uint64_t entries) {
  if (!anchors_.empty() && anchors_.rbegin()->first > entries) {
    problems_.push_back(
        {fmt::format("entry {}", entries + 1),
         fmt::format(
             "is missing: {} entries were anchored, {} are there; the ledger's tail was cut off",
             anchors_.rbegin()->first, entries)});
  }
  return std::move(problems_);
}

std::optional<Time> AnchorCheck::newest() const {
  if (anchors_.empty()) return std::nullopt;
  return anchors_.rbegin()->second.at;
}

}  // namespace sohoa
