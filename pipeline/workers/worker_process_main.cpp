#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "core/bytes/hex.h"
#include "pipeline/workers/message_framing.h"
#include "pipeline/workers/page_renderer.h"
#include "pipeline/workers/sandbox.h"
#include "pipeline/workers/worker_process.h"

namespace sohoa {
namespace {

constexpr int kSupervisor = 3;

/// Faults that tests request through the environment, to prove that the supervisor survives them.
/// The value is "crash:NAME" or "hang:NAME", where NAME is part of the path of a page to be read,
/// or "crash@JOB:NAME" for another job of worker_jobs.h.
void obeyTestFault(const std::string& request, const std::string& order) {
  const auto colon = order.find(':');
  if (colon == std::string::npos) return;
  const std::string hex = hexOf(order.substr(colon + 1));  // as paths are encoded
  const auto at = order.substr(0, colon).find('@');
  const std::string job = at == std::string::npos ? "read" : order.substr(at + 1, colon - at - 1);
  if (request.find('"' + job + '"') == std::string::npos || request.find(hex) == std::string::npos)
    return;
  if (order.starts_with("crash")) std::abort();
  if (order.starts_with("hang")) {
    for (;;) ::pause();
  }
}

Greeting introduce(std::unique_ptr<Recogniser>& recogniser, const RecogniserOptions& options,
                   bool reads) {
  Greeting greeting;
  if (!reads) return greeting;
  const char* limit = std::getenv("OMP_THREAD_LIMIT");
  if (!limit || std::strcmp(limit, "1") != 0) {
    greeting.problem = codeOf(Cause::workerUnfit);
    greeting.detail = "OMP_THREAD_LIMIT is not 1";
    return greeting;
  }
  keepPlanesInMemory();
  try {
    recogniser = std::make_unique<Recogniser>(options);
    greeting.engine = recogniser->info();
    greeting.threads = threadsAfterRecognition(*recogniser);
    if (greeting.threads != 1) {
      greeting.detail = std::to_string(greeting.threads) + " threads after a trial recognition";
    }
  } catch (const BatchError& error) {
    greeting.problem = codeOf(error.cause());
    greeting.detail = error.detail();
  }
  return greeting;
}

}  // namespace

int serveAsWorker(const WorkerSetup& setup) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::unique_ptr<Recogniser> recogniser;
  // Before the sandbox: its helper must be able to start the program.
  RenderProcess renderer(setup.renderer);
  const Greeting greeting = introduce(recogniser, {setup.tessdata, setup.model}, setup.reads);
  enterSandbox(setup.memoryMegabytes, setup.dataMegabytes);
  sendFrame(kSupervisor, encode(greeting));
  if (!greeting.problem.empty()) return 1;
  const char* fault = std::getenv("SOHOA_TEST_WORKER_FAULT");
  std::string request;
  while (receiveFrame(kSupervisor, request)) {
    if (fault) obeyTestFault(request, fault);
    sendFrame(kSupervisor, answer(request, recogniser.get(), &renderer));
  }
  return 0;
}

}  // namespace sohoa
