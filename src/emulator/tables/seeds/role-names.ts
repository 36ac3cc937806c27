/** May do everything. */
export const SYSTEM_ADMINISTRATOR = 'System Administrator';
/** May do everything but decide who may. */
export const SYSTEM_CUSTOMIZER = 'System Customizer';
