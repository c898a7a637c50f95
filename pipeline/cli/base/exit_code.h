#pragma once

namespace sohoa {

/// What the `sohoa` command returns; scripts rely on it.
enum class ExitCode {
  done = 0,     ///< everything asked for was done
  stopped = 1,  ///< the environment is unfit: nothing more could be done
  usage = 2,    ///< the command line makes no sense
  finishedWith =
      3,  ///< finished, but something is held, quarantined, invalid or does not reconcile
  interrupted = 130,  ///< SIGINT or SIGTERM; work done so far is kept
};

}  // namespace sohoa
