#include "pipeline/results/result_status.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "core/document_kind.h"
#include "core/durable.h"
#include "core/result.h"
#include "pipeline/results/keyed_fields.h"
#include "pipeline/site/site_lock.h"
#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kResultMark = "-KQ";

/// Prefix of the message of a version in which a person changed the status of a result.
constexpr std::string_view kMessage = "standing: ";

ResultStatus statusOf(const DocumentRecord& document) {
  return document.status.value_or(ResultStatus{});
}

std::string dayOrNothing(const std::optional<Day>& day) { return day ? isoDay(*day) : ""; }

/// Repository, catalogue and ledger of a site, opened for one person's decision.
class ResultEditor {
 public:
  explicit ResultEditor(const Site& site)
      : lock_(site),
        clock_(site.clock()),
        repository_(Repository::open(site.repository())),
        catalogue_(site.catalogue().open()),
        ledger_(site.ledger()) {}

  const Clock& clock() const { return *clock_; }
  const Repository& repository() const { return repository_; }

  int commit(const DossierRecord& record, int head, const ResultChange& change) {
    VersionInfo info;
    info.created = clock_->now();
    info.message = std::string(kMessage) + change.reason;
    info.userName = change.person;
    info.userAddress = "urn:sohoa:person";
    return DossierObject(repository_, record.code).commit(repository_, head, record, {}, info);
  }

  /// Updates catalogue and ledger to the object's newest version, if a person's decision made it.
  void recordEdited(const std::string& code) {
    const DossierObject dossier(repository_, code);
    const std::string& object = dossier.id();
    const int head = dossier.head();
    const auto info = repository_.versionInfo(object);
    if (head < 2 || !info || !info->message.starts_with(kMessage)) return;
    const DossierRecord now = dossier.requireRecord(head);
    if (const auto filed = catalogue_->filed(code); !filed || filed->version < head) {
      catalogue_->recordFiled(now, head, dossier.texts(now));
    }
    // A call that was killed may have written some of the version's entries.
    std::set<std::string> entered;
    const auto keyOf = [](const std::string& action, const std::string& subject,
                          const std::map<std::string, std::string>& details) {
      const auto field = details.find("field");
      return action + ' ' + subject + ' ' + (field == details.end() ? "" : field->second);
    };
    ledger_.forEachWith(object, [&](const LedgerEntry& entry) {
      const auto version = entry.details.find("version");
      const auto about = entry.details.find("object");
      if (about != entry.details.end() && about->second == object &&
          version != entry.details.end() && version->second == std::to_string(head)) {
        entered.insert(keyOf(entry.action, entry.subject, entry.details));
      }
    });
    const DossierRecord before = dossier.requireRecord(head - 1);
    for (const StandingDifference& difference : standingDifferences(before, now)) {
      if (entered.contains(keyOf(difference.action, difference.subject, difference.details)))
        continue;
      LedgerEntry entry;
      entry.at = info->created;
      entry.actor = info->userName;
      entry.action = difference.action;
      entry.subject = difference.subject;
      entry.details = difference.details;
      entry.details["object"] = object;
      entry.details["version"] = std::to_string(head);
      entry.details["inventory"] = repository_.inventoryDigest(object, head).hex();
      entry.details["reason"] = info->message.substr(kMessage.size());
      ledger_.append(std::move(entry));
    }
  }

 private:
  SiteLock lock_;
  std::unique_ptr<Clock> clock_;
  Repository repository_;
  std::unique_ptr<Catalogue> catalogue_;
  Ledger ledger_;
};

}  // namespace

std::optional<FiledResult> findResult(const Site& site, const std::string& code) {
  const auto mark = code.rfind(kResultMark);
  const std::string dossier = code.substr(0, mark);
  const Repository repository = Repository::open(site.repository());
  const DossierObject object(repository, dossier);
  const int head = object.head();
  if (head == 0) return std::nullopt;
  FiledResult found{object.requireRecord(), 0, head};
  const auto& documents = found.record.documents;
  const auto isResult = [](const DocumentRecord& d) {
    return documentKindOfCode(d.code) == DocumentKind::result;
  };
  if (mark == std::string::npos) {
    if (std::count_if(documents.begin(), documents.end(), isResult) != 1) return std::nullopt;
    const auto only = std::find_if(documents.begin(), documents.end(), isResult);
    found.document = static_cast<std::size_t>(only - documents.begin());
    return found;
  }
  const auto document =
      std::find_if(documents.begin(), documents.end(),
                   [&](const DocumentRecord& d) { return isResult(d) && d.code == code; });
  if (document == documents.end()) return std::nullopt;
  found.document = static_cast<std::size_t>(document - documents.begin());
  return found;
}

ResultChanged changeResult(const Site& site, const FiledResult& filed, const ResultChange& change) {
  ResultEditor editor(site);
  editor.recordEdited(filed.record.code);  // completes what a killed call left undone
  // Read again under the lock.
  const DossierObject object(editor.repository(), filed.record.code);
  const std::string code = filed.result().code;
  const int head = object.head();
  DossierRecord record = object.requireRecord(head);
  const auto document = std::find_if(record.documents.begin(), record.documents.end(),
                                     [&](const DocumentRecord& d) { return d.code == code; });
  if (document == record.documents.end()) {
    throw BatchError(Cause::repositoryDamaged, object.id() + ": " + code + " is gone");
  }
  const DossierRecord before = record;
  ResultStatus status = statusOf(*document);
  if (change.state) {
    status.state = *change.state;
    status.replacedBy = *change.state == ResultState::replaced ? change.replacedBy : "";
  }
  if (change.from) status.from = change.from;
  if (change.until) status.until = change.until;
  if (change.retention) record.retention = *change.retention;
  if (change.access) record.access = *change.access;
  ResultChanged done{code, head, false, status};
  const bool keyed = putIn(record, *document, change.keyed, change.person, change.reason);
  if (!keyed && status == statusOf(*document) && record.retention == before.retention &&
      record.access == before.access) {
    return done;
  }
  if (!(status == statusOf(*document))) {
    status.person = change.person;
    status.reason = change.reason;
    status.at = editor.clock().now();
    document->status = status;
  }
  done.status = status;
  done.version = editor.commit(record, head, change);
  done.changed = true;
  editor.recordEdited(record.code);
  return done;
}

void keepStanding(const DossierRecord& before, DossierRecord& now) {
  if (!before.retention.empty()) now.retention = before.retention;
  if (!before.access.empty()) now.access = before.access;
  for (DocumentRecord& document : now.documents) {
    for (const DocumentRecord& old : before.documents) {
      if (old.code == document.code && !document.status) document.status = old.status;
    }
  }
}

std::vector<StandingDifference> standingDifferences(const DossierRecord& before,
                                                    const DossierRecord& now) {
  std::vector<StandingDifference> differences;
  for (const DocumentRecord& document : now.documents) {
    const auto same = std::find_if(before.documents.begin(), before.documents.end(),
                                   [&](const auto& old) { return old.code == document.code; });
    if (same != before.documents.end()) {
      for (const KeyedDifference& keyed : keyedDifferences(*same, document)) {
        differences.push_back(
            {"review.corrected",
             now.code,
             {{"field", keyed.field}, {"old", keyed.before}, {"new", keyed.now}}});
      }
    }
    const ResultStatus old = same == before.documents.end() ? ResultStatus{} : statusOf(*same);
    const ResultStatus status = statusOf(document);
    if (old == status) continue;
    StandingDifference difference;
    const bool term = old.state == status.state;
    difference.action = "result." + std::string(term ? "term" : nameOf(status.state));
    difference.subject = document.code;
    const auto value = [](const ResultStatus& s) {
      std::string text(nameOf(s.state));
      if (s.from || s.until) text += " " + dayOrNothing(s.from) + ".." + dayOrNothing(s.until);
      return text;
    };
    difference.details = {{"old", value(old)}, {"new", value(status)}};
    if (!status.replacedBy.empty()) difference.details["replaced_by"] = status.replacedBy;
    differences.push_back(std::move(difference));
  }
  if (!before.counted && now.counted) {
    differences.push_back({"dossier.counted", now.code, {{"old", before.notCountedReason}}});
  }
  if (before.retention != now.retention || before.access != now.access) {
    differences.push_back({"dossier.classified",
                           now.code,
                           {{"old_retention", before.retention},
                            {"new_retention", now.retention},
                            {"old_access", before.access},
                            {"new_access", now.access}}});
  }
  return differences;
}

}  // namespace sohoa
