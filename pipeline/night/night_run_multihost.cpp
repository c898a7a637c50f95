#include <algorithm>
#include <thread>

#include "core/bytes/hex.h"
#include "pipeline/common/file_names.h"
#include "pipeline/night/night_run.h"
#include "pipeline/recognition/page_recognition.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr char kIntake[] = "intake", kDossier[] = "dossier";
/// Dossiers claimed at a time per page worker: enough to keep the workers busy, few enough that the
/// last dossiers of a night are divided among the hosts.
constexpr int kDossiersPerWorker = 2;
constexpr std::chrono::milliseconds kLook{500};

std::string nameOf(const Batch& batch, const IntakeItem& item) {
  return "batch/" + hexOf(batch.id) + "/" + hexOf(item.folder);
}
std::string nameOf(const HeldDossier& held) { return "review/" + hexOf(held.code); }

}  // namespace

/// Takes in batches that no host has taken in yet, and offers their dossiers to all hosts. Each
/// batch is counted and hashed by one host; the others read its record. False while another host is
/// taking one in.
bool NightRun::takeInWithOthers() {
  bool all = true;
  for (const IntakeFolder& folder : listIntake(site_)) {
    const bool known = std::any_of(batches_.begin(), batches_.end(),
                                   [&](const Batch& batch) { return batch.folder == folder.name; });
    if (known || seen_.contains(folder.name)) continue;
    if (!wanted(folder)) {
      seen_.insert(folder.name);  // reported once
      continue;
    }
    const SharedWork::Job job{kIntake, hexOf(folder.name), hexOf(folder.name), 0};
    if (!mayBegin() || !environment_.shared->claimAlone(job)) {
      all = false;
      continue;
    }
    const Batch& batch = takeInOne(folder.name);
    if (batch.resumed) addKnownEntries({batch.id});
    logReceived(batch);
    std::vector<SharedWork::Job> jobs;
    for (const IntakeItem& item : batch.items) {
      if (inHand(batch, item)) jobs.push_back({kDossier, nameOf(batch, item), hexOf(item.code), 0});
    }
    environment_.shared->offer(jobs);
    environment_.shared->finish(job);
  }
  requireSpace(site_, batches_);
  return all;
}

void NightRun::offerAccepted() {
  std::vector<SharedWork::Job> jobs;
  for (const HeldDossier& held : accepted()) {
    jobs.push_back({kDossier, nameOf(held), hexOf(held.code), 0});
  }
  environment_.shared->offer(jobs);
}

/// The current state of a job's dossier; nothing when it needs no more work.
std::optional<DossierTask> NightRun::taskOf(const SharedWork::Job& job) {
  for (const Batch& batch : batches_) {
    for (const IntakeItem& item : batch.items) {
      if (nameOf(batch, item) != job.name) continue;
      const bool moved = finishMoveToReview(site_, workFolder(site_, batch.id, item.folder));
      if (moved || !inHand(batch, item)) return std::nullopt;
      if (job.attempts > 1) addKnownEntries({batch.id});
      return taskOf(batch, item);
    }
  }
  for (HeldDossier& held : listHeld(site_)) {
    if (nameOf(held) != job.name) continue;
    if (finishClearing(site_, held.code) || !held.decision) return std::nullopt;
    addKnownEntries({held.batch});
    ++summary_.fromReview;
    return taskOf(std::move(held));
  }
  return std::nullopt;
}

std::vector<DossierTask> NightRun::claimTasks() {
  std::vector<DossierTask> tasks;
  if (!mayBegin()) return tasks;
  for (const SharedWork::Job& job :
       environment_.shared->claim(kDossier, kDossiersPerWorker * workerCount(options_))) {
    auto task = taskOf(job);
    if (!task) {
      environment_.shared->finish(job);
      continue;
    }
    task->job = job;
    tasks.push_back(std::move(*task));
  }
  return tasks;
}

/// Works until this host and all others have nothing left to do, since the jobs of a host that dies
/// fall to the remaining ones.
void NightRun::workWithOthers() {
  offerAccepted();
  {
    FilingThread filing(filer_, listener_, halt_, [this](const DossierTask& task) {
      if (task.job) environment_.shared->finish(*task.job);
    });
    for (;;) {
      environment_.shared->requireAlive();
      const bool allTakenIn = takeInWithOthers();
      std::vector<DossierTask> tasks = claimTasks();
      if (!tasks.empty()) {
        work(std::move(tasks), filing);
        continue;
      }
      // Dossiers waiting for a server still belong to this host and count as unfinished.
      filing.finish();
      if (!mayBegin() || (allTakenIn && environment_.shared->size(kDossier) == 0)) break;
      std::this_thread::sleep_for(kLook);
    }
    filing.finish();
  }
  closeWithOthers();
}

void NightRun::closeWithOthers() {
  for (const Batch& batch : batches_) {
    count(batch);
    const SharedWork::Job job{kIntake, hexOf(batch.folder), hexOf(batch.folder), 0};
    if (!allMoved(batch) || !environment_.shared->claimAlone(job)) continue;
    // Another host may have closed the batch, and the folder's name may be in use again.
    if (!fs::exists(site_.batches() / (batch.id + ".finished"))) closeBatch(site_, batch);
    environment_.shared->finish(job);
  }
}

}  // namespace sohoa
