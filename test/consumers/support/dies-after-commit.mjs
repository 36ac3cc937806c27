// Loaded before an example: the first event that is committed is the last line of its code that runs. Nobody is answered.
import { DatabaseSync } from 'node:sqlite';

const { exec, prepare } = DatabaseSync.prototype;
const COMMITS = /^\s*INSERT INTO purchase /;

function die() {
  process.kill(process.pid, 'SIGKILL');
}

DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql);
  if (sql === 'COMMIT') die();
};

DatabaseSync.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!COMMITS.test(sql)) return statement;
  return {
    run: (...parameters) => {
      const result = statement.run(...parameters);
      die();
      return result;
    },
  };
};
