export interface Guardian {
  command(name: 'start' | 'stop' | 'kill'): Promise<number>;
  leave(): Promise<void>;
}

export function startGuardian(settings?: readonly string[]): Guardian;
