// What generated code names of NuGet packages and does not use unless asked to: its own repeats (Polly) and
// subtypes by discriminator (JsonSubTypes). A project with NuGet takes the packages and not this file.
namespace JsonSubTypes { }

namespace Polly
{
    using System;
    using System.Threading.Tasks;

    public enum OutcomeType { Successful, Failure }

    public class PolicyResult<T>
    {
        public OutcomeType Outcome;
        public T Result;
        public Exception FinalException;
    }

    public interface ISyncPolicy<T> { PolicyResult<T> ExecuteAndCapture(Func<T> action); }

    public interface IAsyncPolicy<T> { Task<PolicyResult<T>> ExecuteAndCaptureAsync(Func<Task<T>> action); }
}
